"""How each of the Floor's own moves is given by hand."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.parts.forms import AskForm, choice, forms_of
from nearer.practices.listening import moves
from nearer.practices.listening.moves import Feel, Variant
from nearer.practices.listening.protocol import DIALOGUE
from nearer.protocol import Move
from nearer.protocol.moves import limit_of
from nearer.sittings.forms import TapForm
from nearer.web.fields import WordsField, YesNoField


class TopicForm(forms.Form):
    """Suggest what to talk about, in own words or with a tap on an idea."""

    topic = WordsField(
        label=_("A topic"),
        help_text=_("A few words are enough."),
        limit=limit_of(moves.SetTopic, "topic"),
        lines=1,
        required=False,
    )
    idea = WordsField(limit=limit_of(moves.SetTopic, "topic"), lines=1, required=False)
    variant = forms.TypedChoiceField(
        label=_("What sort of talk is it?"),
        choices=[
            (Variant.EVERYDAY.value, _("Everyday")),
            (Variant.GOOD.value, _("Good news")),
            (Variant.HARD.value, _("Something hard")),
        ],
        coerce=Variant,
        initial=Variant.EVERYDAY.value,
        required=False,
        empty_value=Variant.EVERYDAY,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the three.")},
    )

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Take the idea that was tapped for the topic; ask for a few words where there are none."""
        given = super().clean() or self.cleaned_data
        given["topic"] = given.pop("idea", "") or given.get("topic", "")
        if not given["topic"] and not self.errors:
            self.add_error("topic", _("Write a few words, so that you both know what it is about."))
        return given


class HeatForm(forms.Form):
    """Say how the topic feels today."""

    level = choice(
        _("How does this topic feel to you?"),
        [
            (Feel.EASY.value, _("Easy today")),
            (Feel.TOUCHY.value, _("A bit touchy")),
            (Feel.NOT_TODAY.value, _("Not today")),
        ],
        Feel,
        missing=_("Choose the words that fit."),
    )


class CoinForm(forms.Form):
    """The coin is drawn here, on the server. Nothing that was sent can change it."""

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Draw."""
        return {"heads": secrets.choice((True, False))}


class QuestionForm(AskForm):
    """One open question, or none."""

    may_skip = True


class MoreForm(forms.Form):
    """Is there more?"""

    more = YesNoField(label=_("Is there more?"))


FORMS: dict[type[Move], type[forms.Form]] = {
    **forms_of(DIALOGUE.moves),
    moves.SetTopic: TopicForm,
    moves.TakeTopic: TapForm,
    moves.Heat: HeatForm,
    moves.Volunteer: TapForm,
    moves.Coin: CoinForm,
    moves.Ask: QuestionForm,
    moves.More: MoreForm,
}
