"""Taking in a calendar: a file that was sent, or an address that is asked while its owner is here and wants it."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from nearer.calendars import fetching, own
from nearer.calendars.free import minute_of
from nearer.calendars.own import CALENDAR, MOST_CALENDARS, Calendar
from nearer.calendars.reading import ordered
from nearer.files.workshop import Trade, rewrite
from nearer.records import keeping
from nearer.records.keeping import Kept
from nearer.records.shelf import Shelf


class TooMany(Exception):
    """Somebody has as many calendars here as they may."""


def receive(
    hand: Shelf, raw: bytes, *, zone: str, at: datetime, address: str = "", instead: UUID | None = None
) -> Kept[Calendar]:
    """Read a calendar, and keep when it is busy; whatever cannot be read changes nothing that is kept.

    Args:
        hand: what lies at its owner's hand.
        raw: the file.
        zone: where they live, by name.
        at: now.
        address: where it was fetched.
        instead: the calendar in whose place it is put.

    Raises:
        NotRewritten: it is no calendar, or more than can be read.
        TooMany: there is no room for another one.
        NotThere: what it should replace is gone.
    """
    if instead is None and len(keeping.find(hand, CALENDAR)) >= MOST_CALENDARS:
        raise TooMany
    since = minute_of(at)
    made = rewrite(ordered(zone=zone, since=since, until=since + own.AHEAD) + raw, Trade.CALENDAR)
    read = json.loads(made.content)
    calendar = Calendar(
        address=address, busy=[list(span) for span in read["busy"]], until=since + own.AHEAD,
        left_out=read["left_out"],
    )  # fmt: skip
    if instead is None:
        return keeping.put(hand, CALENDAR, calendar, at=at)
    return keeping.replace(hand, CALENDAR, instead, calendar, at=at)


def subscribe(hand: Shelf, address: str, *, zone: str, at: datetime) -> Kept[Calendar]:
    """Fetch a calendar, and keep its address beside when it is busy.

    Raises:
        NotFetched: nothing came from there.
        NotRewritten: what came is no calendar, or more than can be read.
        TooMany: there is no room for another one.
    """
    there = fetching.cleaned(address)
    return receive(hand, fetching.fetch(there), zone=zone, at=at, address=there)


def again(hand: Shelf, ref: UUID, *, zone: str, at: datetime) -> Kept[Calendar]:
    """Fetch a calendar once more; if nothing comes, what was read before stands.

    Raises:
        NotThere: there is no such calendar, or it came as a file.
        NotFetched: nothing came from its address.
        NotRewritten: what came is no calendar, or more than can be read.
    """
    address = keeping.get(hand, CALENDAR, ref).document.address
    if not address:
        raise keeping.NotThere
    return receive(hand, fetching.fetch(address), zone=zone, at=at, address=address, instead=ref)
