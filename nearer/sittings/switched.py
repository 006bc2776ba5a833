"""What is off for everybody until they switch it on for themselves, in one bond; nobody is shown whether the other has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nearer.bonds.place import Place
from nearer.records import keeping
from nearer.records.keeping import Kept, Kind
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
        elif not self.own(place):
            keeping.put(Shelf.of_bond(place), self.kind, On(), at=at)

    def withdraw(self, place: Place) -> None:
        """Switch it off for oneself, without a trace, also in a closed bond."""
        for kept in self.own(place):
            keeping.remove(Shelf.of_bond(place), self.kind, kept.ref)
