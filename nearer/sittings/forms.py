"""Forms of moves that every room has: a tap, and something said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.web.fields import TickField


class TapForm(forms.Form):
    """A move that is only a tap."""


class SayForm(forms.Form):
    """Words, or that they were said aloud. `field` names the words."""

    field = "words"
    may_skip = False

    aloud = TickField(label=_("I said it aloud"))
    skip = TickField(label=_("Skip"))

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for one of the two, unless this may be skipped. A skip takes nothing along."""
        given = super().clean() or self.cleaned_data
        skipped = given.pop("skip", False) and self.may_skip
        if skipped:
            self.errors.clear()
            return {self.field: "", "aloud": False}
        if not (given.get(self.field) or given.get("aloud") or self.may_skip or self.errors):
            self.add_error(self.field, _("There is nothing in it yet. A few words are enough."))
        return given
