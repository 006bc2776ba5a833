"""An entry as it is sealed: when something is, how long, and how often that was changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from nearer.bonds.place import Place
from nearer.calendars.free import moment
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf
from nearer.web.calendar import CANCEL, PUBLISH, Event, file_of


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is sealed.

    Attributes:
        uid: what calendars know it by.
        begin: its first minute, counted from 1970 in UTC.
        minutes: how long it is.
        changed: the minute in which it was last moved.
        sequence: how often it was changed.
        is_off: whether it was cancelled.
    """

    uid: str
    begin: int
    minutes: int
    changed: int
    sequence: int = 0
    is_off: bool = False

    @property
    def starts(self) -> datetime:
        """When it begins."""
        return moment(self.begin)

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return moment(self.begin + self.minutes)

    @property
    def event(self) -> Event:
        """The same as a calendar is told of it."""
        return Event(
            uid=UUID(self.uid), title=_("Reserved"), starts=self.starts, ends=self.ends,
            changed=moment(self.changed), sequence=self.sequence, is_off=self.is_off,
        )  # fmt: skip


ENTRY = Kind(name="calendar-entry", shape=Entry)


def entries_in(found: Gathered) -> list[Kept[Entry]]:
    """Return the entries of a bond, among what was gathered on its shelf, the soonest first."""
    return sorted(found.of(ENTRY), key=lambda kept: kept.document.begin)


def off_in(found: Gathered, *, at: datetime) -> list[Kept[Entry]]:
    """Return what was cancelled and is still to come: whoever put it into a calendar takes it out again."""
    return [kept for kept in entries_in(found) if kept.document.is_off and kept.document.ends > at]


def entries_of(place: Place) -> list[Kept[Entry]]:
    """Return the same; one query, and one of the key store."""
    return entries_in(keeping.gather(Shelf.of_bond(place), ENTRY))


def file_for(entry: Entry) -> bytes:
    """Return the file with which a calendar takes an entry in, moves it, or takes it out."""
    return file_of([entry.event], method=CANCEL if entry.is_off else PUBLISH)
