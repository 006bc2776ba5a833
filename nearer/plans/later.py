"""Coming back to a practice on a day: what two people did together says when it is time to do it anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from nearer.bonds.place import Place
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kind
from nearer.records.shelf import Shelf


@dataclass(frozen=True, kw_only=True)
class Later:
    """What is sealed.

    Attributes:
        practice: the slug of the practice.
        since: the moment from which on, in ISO 8601.
    """

    practice: str
    since: str

    @property
    def day(self) -> date:
        """The day of it, where the reader lives."""
        return timezone.localdate(datetime.fromisoformat(self.since))


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
        keeping.put(shelf, LATER, Later(practice=practice, since=on.isoformat()), at=at)


def due_in(found: Gathered, at: datetime) -> list[str]:
    """Return the slugs of the practices whose day has come, among what was gathered."""
    today, wishes = timezone.localdate(at), [kept.document for kept in found.of(LATER)]
    return [each.practice for each in wishes if each.day <= today]
