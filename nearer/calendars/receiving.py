"""Taking in a calendar: a file that was sent, or an address that is asked while its owner is here."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from nearer.calendars import fetching, own
from nearer.calendars.free import minute_of
from nearer.calendars.order import Order
from nearer.calendars.own import CALENDAR, MOST_CALENDARS, Calendar
from nearer.files.rewritten import NotRewritten
from nearer.files.workshop import Trade, rewrite
from nearer.records import keeping
from nearer.records.keeping import Kept, NotThere
from nearer.records.shelf import Shelf


class TooMany(Exception):
    """Somebody has as many calendars here as they may."""


def receive(
    hand: Shelf,
    raw: bytes,
    *,
    zone: str,
    at: datetime,
    address: str = "",
    instead: UUID | None = None,
    once: str = "",
) -> Kept[Calendar]:
    """Read a calendar, and keep when it is busy; whatever cannot be read changes nothing that is kept.

    Args:
        hand: what lies at its owner's hand.
        raw: the file.
        zone: where they live, by name.
        at: now.
        address: where it was fetched.
        instead: the calendar in whose place it is put.
        once: what tells the page it was sent from.

    Raises:
        NotRewritten: it is no calendar, or more than can be read.
        TooMany: there is no room for another one.
        NotThere: what it should replace is gone.
    """
    if instead is None:
        _need_room(hand, once)
    calendar = _read(raw, address, zone, at)
    if instead is not None:
        return keeping.replace(hand, CALENDAR, instead, calendar, at=at)
    with keeping.changing(hand):
        there = keeping.came(hand, CALENDAR, once)
        return (
            keeping.get(hand, CALENDAR, there)
            if there
            else keeping.put(hand, CALENDAR, calendar, at=at, once=once)
        )


def _need_room(hand: Shelf, once: str) -> None:
    is_new = not keeping.came(hand, CALENDAR, once)
    if is_new and len(keeping.find(hand, CALENDAR)) >= MOST_CALENDARS:
        raise TooMany


def _read(raw: bytes, address: str, zone: str, at: datetime) -> Calendar:
    since, until = minute_of(at), minute_of(at) + own.AHEAD
    read = json.loads(rewrite(Order(zone=zone, since=since, until=until).before(raw), Trade.CALENDAR).content)
    busy = [list(span) for span in read["busy"]]
    return Calendar(address=address, busy=busy, until=until, left_out=read["left_out"])


def subscribe(hand: Shelf, address: str, *, zone: str, at: datetime, once: str = "") -> Kept[Calendar]:
    """Fetch a calendar, and keep its address beside when it is busy.

    Raises:
        NotFetched: nothing came from there.
        NotRewritten: what came is no calendar, or more than can be read.
        TooMany: there is no room for another one.
    """
    there = fetching.cleaned(address)
    return receive(hand, fetching.fetch(there), zone=zone, at=at, address=there, once=once)


def again(hand: Shelf, ref: UUID, *, zone: str, at: datetime) -> Kept[Calendar]:
    """Fetch a calendar once more; if nothing comes, what was read before stands.

    Raises:
        NotThere: there is no such calendar, or it came as a file.
        NotFetched: nothing came from its address.
        NotRewritten: what came is no calendar, or more than can be read.
    """
    address = keeping.get(hand, CALENDAR, ref).document.address
    if not address:
        raise NotThere
    return receive(hand, fetching.fetch(address), zone=zone, at=at, address=address, instead=ref)


def freshen(hand: Shelf, mine: own.Own, *, zone: str, at: datetime) -> bool:
    """Fetch one calendar once more that was read some hours ago; one that does not come is left alone for as long.

    Args:
        hand: what lies at its owner's hand.
        mine: what they have said of their own time.
        zone: where they live, by name.
        at: now.

    Returns:
        Whether there was one.
    """
    for kept in mine.stale[:1]:
        with suppress(NotThere):
            try:
                again(hand, kept.ref, zone=zone, at=at)
            except (fetching.NotFetched, NotRewritten):
                tried = replace(kept.document, asked=minute_of(at))
                keeping.replace(hand, CALENDAR, kept.ref, tried, at=kept.at)
        return True
    return False
