"""Entries: what the two plan, as it stands in calendars. A dull title, an id that stays, and how often it was moved.

For a room:

    ref = entries.add(place, starts=when, minutes=60, at=now)  # both have agreed on a time
    entries.move(place, ref, starts=later, at=now)             # the same entry, so calendars move it
    entries.cancel(place, ref, at=now)                         # calendars take it out
    {% url "calendars:entry" place.bond.pk ref %}              # the file for either one's own calendar

Whoever has a private address for their calendar program finds there whatever is changed here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.calendars import feeds
from nearer.calendars.entry import ENTRY, Entry
from nearer.calendars.free import minute_of
from nearer.records import keeping
from nearer.records.shelf import Shelf

STAYS = timedelta(days=30)  # after its time


def add(place: Place, *, starts: datetime, minutes: int, at: datetime) -> UUID:
    """Put what the two plan into their calendars.

    Args:
        place: whoever does so, and in which bond.
        starts: when it begins.
        minutes: how long it is.
        at: now.

    Returns:
        The entry's id, for the room to keep with its plan.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf, entry = Shelf.of_bond(place), Entry(
        uid=str(uuid4()), begin=minute_of(starts), minutes=minutes, changed=minute_of(at)
    )  # fmt: skip
    with keeping.changing(shelf):
        _clear(shelf, at)
        kept = keeping.put(shelf, ENTRY, entry, at=at)
        _tell(place, kept.ref, entry)
    return kept.ref


def move(place: Place, ref: UUID, *, starts: datetime, at: datetime, minutes: int = 0) -> None:
    """Move an entry; what was cancelled is on again.

    Args:
        place: whoever moves it.
        ref: which.
        starts: when it begins from now on.
        at: now.
        minutes: how long it is from now on; as before unless given.

    Raises:
        NotThere: there is none.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        entry = keeping.get(shelf, ENTRY, ref).document
        _put(
            place,
            ref,
            replace(entry, begin=minute_of(starts), minutes=minutes or entry.minutes, is_off=False),
            at,
        )


def cancel(place: Place, ref: UUID, *, at: datetime) -> None:
    """Take an entry out of calendars.

    Raises:
        NotThere: there is none.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        entry = keeping.get(shelf, ENTRY, ref).document
        if not entry.is_off:
            _put(place, ref, replace(entry, is_off=True), at)


def _put(place: Place, ref: UUID, entry: Entry, at: datetime) -> None:
    changed = replace(entry, changed=minute_of(at), sequence=entry.sequence + 1)
    keeping.replace(Shelf.of_bond(place), ENTRY, ref, changed, at=at)
    _tell(place, ref, changed)


def _tell(place: Place, ref: UUID, entry: Entry) -> None:
    feeds.publish(place)
    news.at_hour(place, ref, None if entry.is_off else entry.starts)


def _clear(shelf: Shelf, at: datetime) -> None:
    for kept in keeping.find(shelf, ENTRY):
        if kept.document.ends + STAYS < at:
            keeping.remove(shelf, ENTRY, kept.ref)
