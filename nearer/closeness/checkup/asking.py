"""That Today asks somebody for a check-up, twice a year: noted at their own hand, without a word of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kind
from nearer.records.shelf import Shelf
from nearer.vault.ring import Ring

FIRST_AFTER, AGAIN_AFTER = timedelta(days=56), timedelta(days=182)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is sealed: the last day on which somebody answered, or let it be.

    Attributes:
        bond: the id of the bond.
        day: that day.
    """

    bond: str
    day: str

    def __post_init__(self) -> None:
        """Refuse what is no day."""
        date.fromisoformat(self.day)


ASKED = Kind(name="check-up-asked", shape=Asked)


def is_due(own: Gathered, place: Place, *, at: datetime) -> bool:
    """Say whether it is time to ask: in a bond that is open and eight weeks old, half a year after the last time at the least."""
    today, bond = timezone.localdate(at), str(place.bond.pk)
    asked = [date.fromisoformat(each.document.day) for each in own.of(ASKED) if each.document.bond == bond]
    is_ready = place.bond.state == Bond.State.OPEN and place.bond.made_on + FIRST_AFTER <= today
    return is_ready and all(day + AGAIN_AFTER <= today for day in asked)


def let_be(place: Place, ring: Ring, *, at: datetime) -> None:
    """Note that somebody was asked, and answered or let it be."""
    bond = str(place.bond.pk)
    asked = Asked(bond=bond, day=timezone.localdate(at).isoformat())
    keeping.put(Shelf.at_hand(place.me.user_id, ring), ASKED, asked, at=at, about=bond)
