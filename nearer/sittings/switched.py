"""What is off for everybody until they switch it on for themselves, in one bond; nobody is shown whether the other has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nearer.bonds.place import Place
from nearer.protocol import Seat
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf


@dataclass(frozen=True, kw_only=True)
class On:
    """What is sealed: that its author switched it on."""

    on: bool = True


@dataclass(frozen=True)
class Switch:
    """Something that each switches on for themselves.

    Attributes:
        kind: the records that say so.
    """

    kind: Kind[On]

    @classmethod
    def named(cls, name: str) -> Switch:
        """Return the switch of this name."""
        return cls(Kind(name=name, shape=On))

    def is_on(self, place: Place, seat: Seat) -> bool:
        """Say whether the member at a seat has switched it on. For the rules, and for that member alone."""
        author = place.user_at(seat)
        return any(kept.author == author for kept in keeping.find(Shelf.of_bond(place), self.kind))

    def since(self, found: Gathered, place: Place) -> date | None:
        """Return on which day somebody switched it on, among what was gathered of their bond; None where they have not."""
        return min(
            (kept.day for kept in found.of(self.kind) if kept.author == place.me.user_id), default=None
        )

    def own(self, place: Place) -> list[Kept[On]]:
        """Return what somebody has switched on here: one record, or none."""
        found = keeping.find(Shelf.of_bond(place), self.kind)
        return [kept for kept in found if kept.author == place.me.user_id]

    def turn(self, place: Place, *, on: bool, at: datetime) -> None:
        """Switch it on or off for oneself.

        Raises:
            BondNotOpen: nothing new is kept in this bond.
        """
        if not on:
            self.withdraw(place)
        elif not self.is_on(place, place.seat):
            keeping.put(Shelf.of_bond(place), self.kind, On(), at=at)

    def withdraw(self, place: Place) -> None:
        """Switch it off for oneself, without a trace, also in a closed bond."""
        for kept in self.own(place):
            keeping.remove(Shelf.of_bond(place), self.kind, kept.ref)
