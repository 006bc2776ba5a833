"""The pulse: a few own readings after a sitting or a time together, from 0 to 10, for oneself alone.

They are not a test and no score of anybody. They lie on a person's own shelf, whose key the other never
has, and no page of the other's is any different for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nearer.records import keeping
from nearer.records.keeping import Kept, Kind
from nearer.records.shelf import Shelf
from nearer.statistics.trend import ENOUGH, Point

LEAST, MOST = 0, 10
STEPS = (0, 3, 7, 10)  # what a page draws of it
ITEMS = ("understood", "accepted", "cared", "close", "present")
DAY = 86_400.0


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is sealed. Each of the readings may be left out.

    Attributes:
        bond: the id of the bond it is about.
        name: what the other was called then; the bond may be gone one day, this is still mine.
        sitting: the id of the sitting, or of the time together, that it followed; empty for none.
        understood: "I felt understood".
        accepted: "accepted as I am".
        cared: "cared for".
        close: "close to" the other.
        present: "present", after a time together.
    """

    bond: str
    name: str
    sitting: str = ""
    understood: int | None = None
    accepted: int | None = None
    cared: int | None = None
    close: int | None = None
    present: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return all(getattr(self, item) is None for item in ITEMS)


READING = Kind(name="pulse", shape=Reading)


@dataclass(frozen=True, kw_only=True)
class With:
    """Somebody's own readings about one bond, newest first."""

    name: str
    readings: tuple[Kept[Reading], ...]

    @property
    def is_early(self) -> bool:
        """Whether these are too few to say anything about where they go."""
        return len(self.readings) < ENOUGH

    @property
    def key(self) -> str:
        """What tells this bond's part of a page from those of others."""
        return self.readings[0].document.bond

    def points(self, item: str) -> list[Point]:
        """Return what was said under one of the readings, and when, in days since the first; oldest first."""
        first = self.readings[-1].at
        said = [
            ((kept.at - first).total_seconds() / DAY, getattr(kept.document, item))
            for kept in reversed(self.readings)
        ]
        return [(when, float(level)) for when, level in said if level is not None]


def give(shelf: Shelf, reading: Reading, *, at: datetime) -> None:
    """Keep a reading; an empty one is nothing, and one about the same sitting takes the earlier one's place.

    Args:
        shelf: the person's own, which need not be open.
        reading: what they said.
        at: now.
    """
    if not reading.is_empty:
        keeping.put(shelf, READING, reading, at=at, about=reading.sitting)


def is_given(shelf: Shelf, sitting: str) -> bool:
    """Say whether there is a reading about a sitting; the shelf need not be open."""
    return keeping.is_there(shelf, READING, sitting)


def own(shelf: Shelf) -> list[With]:
    """Return all of somebody's readings, by whom they are about; whoever was last, first.

    Raises:
        VaultError: the drawer is closed, or one of them does not open.
    """
    by_bond: dict[str, list[Kept[Reading]]] = {}
    for kept in reversed(keeping.find(shelf, READING)):
        by_bond.setdefault(kept.document.bond, []).append(kept)
    return [With(name=found[0].document.name, readings=tuple(found)) for found in by_bond.values()]


def forget(shelf: Shelf, ref: UUID) -> None:
    """Remove a reading for good."""
    keeping.remove(shelf, READING, ref)
