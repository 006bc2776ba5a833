"""How an hour is suggested, and what is written at the end of a season."""

from __future__ import annotations

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from nearer.rhythm.rules import DAYS, HOURS, WORDS_MOST
from nearer.web.fields import WordsField


class HourForm(forms.Form):
    """On which day, and about when."""

    day = forms.TypedChoiceField(
        label=_("Which day?"), choices=[(day, WEEKDAYS[day]) for day in DAYS], coerce=int, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a day."), "invalid_choice": _("Choose a day.")},
    )  # fmt: skip
    hour = forms.TypedChoiceField(
        label=_("About when?"), choices=[(hour, f"{hour}:00") for hour in HOURS], coerce=int, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a time."), "invalid_choice": _("Choose a time.")},
    )  # fmt: skip


class TalkForm(forms.Form):
    """What to keep, and what to change; one of the two is enough."""

    keep = WordsField(label=_("What would you like to keep?"), limit=WORDS_MOST, lines=3, required=False)
    change = WordsField(label=_("What would you change?"), limit=WORDS_MOST, lines=3, required=False)

    def clean(self) -> dict[str, str]:
        """Ask for a line."""
        given: dict[str, str] = super().clean() or self.cleaned_data
        if not (given.get("keep") or given.get("change") or self.errors):
            self.add_error("keep", _("Write one line, or talk about it and write nothing."))
        return given
