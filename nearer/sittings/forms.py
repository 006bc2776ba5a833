"""Forms of moves that every room has: a tap, something turned over, and something said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.web.fields import TickField


class TapForm(forms.Form):
    """A move that is only a tap."""


class DealtForm(forms.Form):
    """Something is turned over: which one, nobody sends, for it is drawn on the server."""

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Leave it open until it is played."""
        return {"card": ""}


class SayForm(forms.Form):
    """Words, or that they were said aloud.

    `stems`: ways to begin. A tapped one goes into the field, and nothing is sent yet.
    """

    may_skip = False
    stems: Any = ()

    aloud = TickField(label=_("I said it aloud"))
    skip = TickField(label=_("Skip"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(*args, **kwargs)
        if stem := self.data.get("begin", "").rstrip("… "):
            self.is_bound = False
            self.initial = {"words": f"{self.data.get('words', '').rstrip()} {stem} ".lstrip()}

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for one of the two, unless this may be skipped. A skip takes nothing along."""
        given = super().clean() or self.cleaned_data
        skipped = given.pop("skip", False) and self.may_skip
        if skipped:
            self.errors.clear()
            return {"words": "", "aloud": False}
        if not (given.get("words") or given.get("aloud") or self.may_skip or self.errors):
            self.add_error("words", _("There is nothing in it yet. A few words are enough."))
        return given
