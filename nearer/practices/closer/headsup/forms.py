"""How a heads-up is written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.practices.closer.days import DayField
from nearer.practices.closer.told.names import HEADINGS, WISHES
from nearer.practices.closer.told.rules import PART_MOST, PARTS, Sort, Wish
from nearer.practices.closer.told.rules import WISHES as OPEN
from nearer.web.fields import WordsField

DAYS_MOST = 31


class HeadsUpForm(forms.Form):
    """I am deciding about …, I feel …, I think …."""

    deciding = WordsField(label=HEADINGS["deciding"], limit=PART_MOST, lines=2, required=False)
    feel = WordsField(label=HEADINGS["feel"], limit=PART_MOST, lines=2, required=False)
    think = WordsField(label=HEADINGS["think"], limit=PART_MOST, lines=2, required=False)
    wish = forms.TypedChoiceField(
        label=_("What would you like?"), choices=[(wish.value, WISHES[wish]) for wish in OPEN[Sort.AHEAD]], coerce=Wish,
        initial=Wish.NOTHING.value, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")},
    )  # fmt: skip
    by = DayField(label=_("By"), days=DAYS_MOST, far=_("Choose a day within the next month."), required=False)

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for one of the three at least, and for a day where a view is wanted."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not any(given.get(part) for part in PARTS[Sort.AHEAD]):
            self.add_error("deciding", _("Write one of the three, in a few words."))
        if given.get("wish") is Wish.VIEW and not given.get("by") and "by" not in self.errors:
            self.add_error("by", _("Choose the day by which you would like it."))
        return given
