"""How an ask is made and answered."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nearer import clock
from nearer.practices.support.ask.rules import LINE_MOST, WORDS_MOST, Answer, When
from nearer.practices.support.cards import texts
from nearer.practices.support.moments import MISSING, MomentField
from nearer.practices.support.moves import Wish
from nearer.web.fields import WordsField

ONE_OF_THESE = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}
EVENING = 20
"""From this hour on, where they live, whoever is full is offered tomorrow first."""
WHEN = {
    When.TODAY: _("later today"),
    When.TOMORROW: _("tomorrow"),
    When.UNSURE: _("I do not know yet when"),
}


def _picks(deck: str) -> list[tuple[str, str]]:
    return [("", "…"), *((text, text) for text in texts(deck))]


class AskForm(forms.Form):
    """One card, and a few words to it if one likes."""

    wish = forms.TypedChoiceField(
        choices=[(wish.value, wish.value) for wish in Wish], coerce=Wish,
        error_messages={"required": _("Choose one card."), "invalid_choice": _("Choose one card.")},
    )  # fmt: skip
    words = WordsField(label=_("A few words to it"), limit=WORDS_MOST, lines=2, required=False)


class AnswerForm(forms.Form):
    """Now, at a time today, one caring line, or that one is full."""

    answer = forms.TypedChoiceField(
        choices=[(each.value, each.value) for each in Answer], coerce=Answer, error_messages=ONE_OF_THESE
    )
    at = MomentField(required=False)
    line_pick = forms.ChoiceField(label=_("A line"), choices=partial(_picks, "lines"), required=False)
    line = WordsField(label=_("Or in your words"), limit=LINE_MOST, lines=1, required=False)
    full_pick = forms.ChoiceField(label=_("A line"), choices=partial(_picks, "full"), required=False)
    full = WordsField(label=_("Or in your words"), limit=LINE_MOST, lines=1, required=False)
    when = forms.TypedChoiceField(
        label=_("I have room"), choices=[(each.value, words) for each, words in WHEN.items()], coerce=When,
        required=False, empty_value=When.UNSURE, error_messages=ONE_OF_THESE,
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:  # Any: as Django has it
        super().__init__(*given, **named)
        is_evening = timezone.localtime(clock.now()).hour >= EVENING
        self.fields["when"].initial = When.TOMORROW if is_evening else When.TODAY

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for a time to come, or for a line, where the answer is nothing without it."""
        given = super().clean() or self.cleaned_data
        for name in ("line", "full"):
            given[name] = given.get(name) or given.pop(f"{name}_pick", "")
            if given.get("answer") == name and not given[name] and name not in self.errors:
                self.add_error(name, _("Choose a line, or write one."))
        if given.get("answer") is Answer.AT and not given.get("at") and "at" not in self.errors:
            self.add_error("at", MISSING)
        return given

    @property
    def given(self) -> dict[str, str]:
        """What goes into the answer beside how it was answered."""
        data = self.cleaned_data
        match data["answer"]:
            case Answer.AT:
                return {"at": data["at"].isoformat()}
            case Answer.LINE:
                return {"line": data["line"]}
            case Answer.FULL:
                return {"line": data["full"], "when": data["when"]}
        return {}
