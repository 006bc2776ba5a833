"""How a date is put forward, answered and told of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.plans.forms import PartField
from nearer.plans.lines import PART_MOST
from nearer.practices.ourtime.dates.fields import MINUTES, MomentField, NumberField
from nearer.practices.ourtime.dates.rules import SLOTS_MOST, Outing, Told
from nearer.practices.ourtime.moves import Glow
from nearer.protocol.moves import limit_of
from nearer.pulse.forms import LevelField
from nearer.web.fields import TickField, WordsField, YesNoField


class OfferForm(forms.Form):
    """When …, then we …: up to three times, or a moment that comes anyway."""

    act = PartField(
        label=_("We …"),
        opens=[_("we")],
        error_messages={"required": _("Write one thing the two of you do then.")},
    )
    first = MomentField(label=_("When it is"), required=False)
    second = MomentField(label=_("or"), required=False)
    third = MomentField(label=_("or"), required=False)
    cue = PartField(label=_("Or: when …"), opens=[_("when")], required=False)
    minutes = forms.TypedChoiceField(label=_("About how long"), choices=MINUTES[1:], coerce=int, initial=60)
    weekly = TickField(label=_("The same hour for four weeks"))

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for a time or a moment."""
        given = super().clean() or self.cleaned_data
        if not (self.slots or given.get("cue") or self.errors):
            self.add_error("first", _("Choose a day and a time, or write a moment that comes anyway."))
        return given

    @property
    def times(self) -> list[forms.BoundField]:
        """The fields for the times, in order."""
        return [self[name] for name in ("first", "second", "third")]

    @property
    def slots(self) -> tuple[int, ...]:
        """The times that were chosen."""
        named = ("first", "second", "third")[:SLOTS_MOST]
        return tuple(slot for name in named if (slot := self.cleaned_data.get(name)))

    def outing(self, seat: str, idea: str) -> Outing:
        """Return the date that was put forward."""
        said = self.cleaned_data
        return Outing(
            seat=seat, act=said["act"], cue=said["cue"], slots=self.slots, minutes=said["minutes"], idea=idea,
            weekly=bool(said["weekly"] and self.slots),
        )  # fmt: skip


class LookForm(forms.Form):
    """That one would like to find a time in both calendars: for what, and how long."""

    about = WordsField(label=_("For what"), limit=PART_MOST, lines=1, required=False)
    minutes = NumberField(label=_("About how long"), choices=MINUTES, unsaid=60)


class TellForm(forms.Form):
    """How it was."""

    words = WordsField(label=_("Its best moment"), limit=limit_of(Glow, "words"), lines=2, required=False)
    minutes = NumberField(label=_("About how long"), choices=MINUTES, unsaid=0, required=False)
    present = LevelField(_("I felt present"))
    again = YesNoField(label=_("Again, some day?"))

    @property
    def told(self) -> Told:
        """What goes into the date."""
        said = self.cleaned_data
        return said["words"], said["minutes"], said["again"]
