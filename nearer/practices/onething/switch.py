"""One Thing is off for everybody until they switch it on for themselves; nobody is shown whether the other has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nearer.bonds.place import Place
from nearer.protocol import Seat
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf


@dataclass(frozen=True, kw_only=True)
class Switch:
    """What is sealed: that its author switched it on, in this bond."""

    on: bool = True


SWITCH = Kind(name="one-thing-on", shape=Switch)


def is_on(place: Place, seat: Seat) -> bool:
    """Say whether the member at a seat has switched it on. For the rules, and for that member alone."""
    author = place.user_at(seat)
    return any(kept.author == author for kept in keeping.find(Shelf.of_bond(place), SWITCH))


def turn(place: Place, *, on: bool, at: datetime) -> None:
    """Switch it on or off for oneself.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    if not on:
        withdraw(place)
    elif not is_on(place, place.seat):
        keeping.put(Shelf.of_bond(place), SWITCH, Switch(), at=at)


def since(found: Gathered, place: Place) -> date | None:
    """Return on which day somebody switched it on, among what was gathered of their bond; None where they have not."""
    return min((kept.day for kept in found.of(SWITCH) if kept.author == place.me.user_id), default=None)


def own(place: Place) -> list[Kept[Switch]]:
    """Return what somebody has switched on here: one record, or none."""
    return [kept for kept in keeping.find(Shelf.of_bond(place), SWITCH) if kept.author == place.me.user_id]


def withdraw(place: Place) -> None:
    """Take one's own switch away without a trace."""
    for kept in own(place):
        keeping.remove(Shelf.of_bond(place), SWITCH, kept.ref)
