"""How a plan line and a parked thing are written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.plans.lines import PART_MOST
from nearer.plans.looks import Verdict
from nearer.plans.parking import TEXT_MOST
from nearer.web.fields import WordsField

# The sentence brings its own comma and full stop.
ENDS = " .,;:…"
HELPED_MOST = 4


class PartField(WordsField):
    """One half of the sentence, without what the sentence itself puts around it."""

    def __init__(self, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(limit=PART_MOST, lines=1, **kwargs)

    def to_python(self, value: object) -> str:
        """Return the words on one line, without the stop at their end."""
        return " ".join(super().to_python(value).split()).rstrip(ENDS)


class PlanForm(forms.Form):
    """When …, then we …."""

    cue = PartField(
        label=_("When …"),
        error_messages={"required": _("Write the moment: when the kitchen is tidy, when the week is over.")},
    )
    act = PartField(
        label=_("… then we …"),
        error_messages={"required": _("Write one small thing the two of you do then.")},
    )


class LookForm(forms.Form):
    """How a plan went. The first two answers are for oneself alone, and may be left out."""

    happened = forms.ChoiceField(
        label=_("Did it happen?"),
        choices=[("yes", _("Yes")), ("partly", _("Partly")), ("no", _("Not this time"))],
        required=False,
        widget=forms.RadioSelect,
    )
    helped = forms.TypedChoiceField(
        label=_("Did it help?"),
        choices=[(n, str(n)) for n in range(HELPED_MOST + 1)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    verdict = forms.TypedChoiceField(
        label=_("What shall become of it?"),
        choices=[
            (Verdict.KEEP.value, _("Keep it")),
            (Verdict.ADJUST.value, _("Change it")),
            (Verdict.DROP.value, _("Drop it")),
        ],
        coerce=Verdict,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the three."),
            "invalid_choice": _("Choose one of the three."),
        },
    )


class ParkForm(forms.Form):
    """Something for another time."""

    text = WordsField(
        label=_("For another time"),
        limit=TEXT_MOST,
        lines=1,
        error_messages={"required": _("Write a few words, so that you both know what it is about.")},
    )
