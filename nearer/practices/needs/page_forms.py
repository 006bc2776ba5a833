"""Forms of the room's own pages: a guide to one's signs, and a request whose answer was put off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.parts.forms import WAYS
from nearer.practices.needs import moves
from nearer.practices.needs.signs import LINE_MOST, QUESTION_MOST, Channel
from nearer.protocol.moves import limit_of
from nearer.web.fields import TickField, WordsField

CHANNELS = [
    (Channel.VOICE.value, _("My voice")),
    (Channel.FACE.value, _("My face")),
    (Channel.HANDS.value, _("My hands")),
    (Channel.SILENCE.value, _("When I am silent")),
    (Channel.HELPS.value, _("What helps")),
    (Channel.NOT.value, _("What does not help")),
]


class LineForm(forms.Form):
    """A line of one's own guide."""

    channel = forms.ChoiceField(label=_("About"), choices=CHANNELS)
    words = WordsField(
        label=_("What it means"), limit=LINE_MOST, lines=2,
        error_messages={"required": _("Write a few words: “When my voice gets high, I am excited, not angry.”")},
    )  # fmt: skip
    show = TickField(label=_("Show it"))


class NoticeForm(forms.Form):
    """Something one noticed in the other."""

    words = WordsField(
        label=_("I noticed …"), limit=QUESTION_MOST, lines=2,
        error_messages={"required": _("Write what you saw or heard, in a few words.")},
    )  # fmt: skip


class NoticedForm(forms.Form):
    """Its answer."""

    said = forms.ChoiceField(choices=[("yes", _("Yes, that is so")), ("more", _("It is more like this"))])
    words = WordsField(label=_("More like"), limit=QUESTION_MOST, lines=1, required=False)

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for words where it is corrected."""
        given = super().clean() or self.cleaned_data
        if given.get("said") == "more" and not given.get("words") and not self.errors:
            self.add_error("words", _("Write how it is, in a few words."))
        return given


class LateReplyForm(forms.Form):
    """The answer to a request that was put off."""

    way = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[way for way in WAYS if way[0] != moves.Way.LATER.value],
        coerce=moves.Way,
        error_messages={"required": _("Choose one of the answers. They are equal.")},
    )
    words = WordsField(
        label=_("A few words with it"), limit=limit_of(moves.Reply, "words"), lines=2, required=False
    )
