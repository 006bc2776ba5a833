"""How a telling is received. There is no field for advice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.practices.closer.told.names import WAYS
from nearer.practices.closer.told.rules import ANSWER_MOST, SAYS_BACK, WORDY, Way
from nearer.web.fields import WordsField


class AnswerForm(forms.Form):
    """One way to receive it, with words where it is nothing without them."""

    way = forms.TypedChoiceField(
        choices=list(WAYS.items()), coerce=Way,
        error_messages={"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")},
    )  # fmt: skip
    words = WordsField(label=_("A few words to it"), limit=ANSWER_MOST, lines=2, required=False)
    view = WordsField(label=_("My view"), limit=ANSWER_MOST, lines=2, required=False)

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for words where there is nothing without them, and for what was heard before the view."""
        given = super().clean() or self.cleaned_data
        way = given.get("way")
        if way in WORDY and not given.get("words") and "words" not in self.errors:
            heard = _("First say back what you heard, in a few words.")
            self.add_error(
                "words", heard if way in SAYS_BACK else _("Write in a few words what touched you.")
            )
        if way is Way.VIEW and not given.get("view") and "view" not in self.errors:
            self.add_error("view", _("Then your view, in a few words."))
        return given


class ReplyForm(forms.Form):
    """What somebody would like, now that they were asked."""

    words = WordsField(
        label=_("What I would like"), limit=ANSWER_MOST, lines=2,
        error_messages={"required": _("Write a few words. “Telling you was enough” is fine, too.")},
    )  # fmt: skip
