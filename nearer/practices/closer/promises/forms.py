"""How a promise is written, and how it is said that one did not happen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.plans.forms import PartField, cue_field
from nearer.practices.closer.days import DayField
from nearer.practices.closer.promises.rules import DAYS_MOST, REPAIR_MOST
from nearer.web.fields import WordsField, YesNoField


class PromiseForm(forms.Form):
    """When …, I will …."""

    cue = cue_field()
    act = PartField(
        label=_("… I will …"), opens=[_("then"), _("I’ll"), _("I'll"), _("I"), _("will")],
        error_messages={"required": _("Write one small thing that you will do.")},
    )  # fmt: skip
    by = DayField(
        label=_("By"),
        days=DAYS_MOST,
        far=_("Two weeks are the most. Choose a sooner day, or a smaller part."),
    )
    bad_day = YesNoField(
        label=_("Could you do this on a bad day?"),
        error_messages={"required": _("Choose yes or no. It helps to find the right size.")},
    )

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for something smaller where a bad day has no room for it."""
        given = super().clean() or self.cleaned_data
        if given.get("bad_day") is False:
            self.add_error(
                "bad_day",
                _("Then make it smaller, until a bad day has room for it. Your words are still here."),
            )
        return given


class OwnForm(forms.Form):
    """That it did not happen, with one line of repair: for the other, or for oneself alone."""

    line = WordsField(label=_("One line to mend it"), limit=REPAIR_MOST, lines=2, required=False)
    tell = YesNoField(
        label=_("Who is it for?"), error_messages={"required": _("Choose who it is for.")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for the line where the other is told."""
        given = super().clean() or self.cleaned_data
        if given.get("tell") and not given.get("line") and "line" not in self.errors:
            self.add_error("line", _("Write what you will do now, or what you let go."))
        return given
