"""How a look at the sky is given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.practices.support.ask.forms import ONE_OF_THESE
from nearer.practices.support.cards import texts
from nearer.practices.support.sky.rules import LINE_MOST, OFF, Look, Talk
from nearer.web.fields import TickField, WordsField

LOOKS = {
    Look.CLEAR: _("Clear"),
    Look.FAIR: _("Some sun"),
    Look.GREY: _("Grey"),
    Look.RAIN: _("Rain"),
    Look.STORM: _("Storm"),
}
TALKS = {Talk.NO: _("No"), Talk.YES: _("Yes"), Talk.LATER: _("Maybe later")}
DAYS = {"1": _("Every day"), "3": _("About twice a week"), "7": _("Once a week"), str(OFF): _("Not at all")}


def _words() -> list[tuple[str, str]]:
    return [("", "…"), *((text, text) for text in texts("words"))]


class SkyForm(forms.Form):
    """One of five skies or a word, a line if one likes, and whether one wants to talk."""

    look = forms.ChoiceField(
        label=_("How are you today?"), choices=[(each.value, words) for each, words in LOOKS.items()], required=False,
        error_messages=ONE_OF_THESE, widget=forms.RadioSelect,
    )  # fmt: skip
    word = forms.ChoiceField(
        label=_("A word for it"), choices=_words, required=False, error_messages=ONE_OF_THESE
    )
    line = WordsField(label=_("A line"), limit=LINE_MOST, lines=2, required=False)
    talk = forms.TypedChoiceField(
        label=_("Want to talk?"), choices=[(each.value, words) for each, words in TALKS.items()], coerce=Talk,
        required=False, empty_value=Talk.NO, error_messages=ONE_OF_THESE, widget=forms.RadioSelect,
    )  # fmt: skip
    shown = TickField(label=_("Show it"))

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for a sky or a word."""
        given = super().clean() or self.cleaned_data
        if not (given.get("look") or given.get("word") or self.errors):
            self.add_error("look", _("Choose a sky, or a word."))
        return given


class RhythmForm(forms.Form):
    """How often Today asks."""

    days = forms.TypedChoiceField(
        label=_("How often would you like to be asked?"),
        choices=list(DAYS.items()),
        coerce=int,
        error_messages=ONE_OF_THESE,
    )
