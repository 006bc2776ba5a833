"""Coming back to a practice on a day: what two people did together says when it is time to do it anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nearer.bonds.place import Place
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kind
from nearer.records.shelf import Shelf


@dataclass(frozen=True, kw_only=True)
class Later:
    """What is sealed.

    Attributes:
        practice: the slug of the practice.
        day: from when on, as 2026-01-31.
    """

    practice: str
    day: str


LATER = Kind(name="later", shape=Later)


def come_back(place: Place, practice: str, *, on: datetime, at: datetime) -> None:
    """Say that two people come back to a practice; another day takes the place of an earlier one.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        for kept in keeping.find(shelf, LATER):
            if kept.document.practice == practice:
                keeping.remove(shelf, LATER, kept.ref)
        keeping.put(shelf, LATER, Later(practice=practice, day=on.date().isoformat()), at=at)


def due_in(found: Gathered, at: datetime) -> list[str]:
    """Return the slugs of the practices whose day has come, among what was gathered."""
    days = [kept.document for kept in found.of(LATER)]
    return [each.practice for each in days if each.day <= at.date().isoformat()]
