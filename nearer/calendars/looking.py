"""Looking for a time: each says so for themselves, and once both have, up to three times that suit both are all that comes of it.

Whoever says it first leaves, for three days at most, when they are free: sealed under the bond's key *and* a secret of
its own in the key store, on no page, and used once. As the other says it too, the common times are found in that one
request; what was left is erased with its secret, and neither calendar can be tried against the other again unless
both say so again. See docs/adr/0012-common-times-are-looked-for-once.md.

For a room:

    looking.look(place, request.ring, minutes=60, at=now)      # I would like to find a time
    seen = looking.looking_of(place, at=now)                   # what of it I may see
    seen.mine, seen.theirs                                     # who has said so and waits
    seen.slots                                                 # up to three `Slot`s, the best first, or none
    looking.take_back(place), looking.done(place)              # not any more; chosen
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from nearer.bonds import news
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.calendars import own
from nearer.calendars.free import FREE, Piece, Slot, minute_of, padded, proposed
from nearer.protocol import Seat
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf
from nearer.vault import store
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import VaultError
from nearer.vault.keys import once_key
from nearer.vault.ring import Ring

WAITS = timedelta(days=3)
LEAD = 60  # minutes from now before which nothing is proposed
LEAST, MOST = 10, 12 * 60
SEALED_AS, SCHEMA = "time-free", 1


class NothingSaid(Exception):
    """Somebody looks for a time who has neither a calendar here nor a half-day tapped."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is sealed when one of the two looks for a time.

    Attributes:
        seat: who.
        minutes: how long it should be.
        about: what for, as the room calls it; may be empty.
        until: when it goes by itself.
        secret: what its own secret is called in the key store.
        locked: when they are free, sealed once more under that secret.
    """

    seat: str
    minutes: int
    about: str
    until: str
    secret: str
    locked: str

    def __post_init__(self) -> None:
        """Refuse what is no search."""
        Seat(self.seat), UUID(self.secret), datetime.fromisoformat(self.until)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What is sealed of what came of it: begin, minutes and energy of up to three times.

    Attributes:
        minutes: how long it should have been.
        about: what for, as the room calls it.
        slots: the times.
    """

    minutes: int
    about: str
    slots: list[list[int]]


SEARCH = Kind(name="time-search", shape=Search)
FOUND = Kind(name="time-found", shape=Found)
KINDS = (SEARCH, FOUND)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the other may know of a search that waits.

    Attributes:
        minutes: how long it should be.
        about: what for, as the room calls it; may be empty.
    """

    minutes: int
    about: str


@dataclass(frozen=True, kw_only=True)
class Looking:
    """What one of the two may see of it.

    Attributes:
        mine: what this person looks for, while it waits.
        theirs: what the other looks for, while it waits.
        found: the latest that came of one, while a time of it is still to come or none was found.
        slots: up to three times that suit both and are still to come, the best first.
    """

    mine: Asked | None = None
    theirs: Asked | None = None
    found: Found | None = None
    slots: tuple[Slot, ...] = ()


def looking_in(found: Gathered, place: Place, *, at: datetime) -> Looking:
    """Return what one of the two may see, among what was gathered on the bond's shelf."""
    if place.bond.state != Bond.State.OPEN:
        return Looking()
    waiting = {
        kept.document.seat: Asked(minutes=kept.document.minutes, about=kept.document.about)
        for kept in found.of(SEARCH)
        if _waits(kept, at)
    }
    came = [kept for kept in found.of(FOUND) if at - kept.at < WAITS or _ahead(kept.document, at)]
    last = came[-1].document if came else None
    return Looking(
        mine=waiting.get(place.seat), theirs=waiting.get(place.seat.other), found=last,
        slots=_ahead(last, at) if last else (),
    )  # fmt: skip


def looking_of(place: Place, *, at: datetime) -> Looking:
    """Return the same; one query, and one of the key store."""
    return looking_in(keeping.gather(Shelf.of_bond(place), *KINDS), place, at=at)


def look(
    place: Place, ring: Ring, *, minutes: int, at: datetime, about: str = "", zone: tzinfo | None = None
) -> tuple[Slot, ...] | None:
    """Say that this person would like to find a time. If the other has said so, it is found now, as long as they asked.

    Args:
        place: who looks, and in which bond.
        ring: their keys.
        minutes: how long it should be, from 10 to 720.
        at: now.
        about: what for, as the room calls it; what whoever says so first has said holds.
        zone: where they live; that of the request unless given.

    Returns:
        Up to three times, the best first; None while the other has not said so.

    Raises:
        NothingSaid: they have neither a calendar here nor a half-day tapped.
        BondNotOpen: nothing new is kept in this bond.
        ValueError: so many minutes are not looked for.
    """
    if not LEAST <= minutes <= MOST:
        raise ValueError
    begin, shelf = minute_of(at) + LEAD, Shelf.of_bond(place)
    free = _free(place, ring, zone or timezone.get_current_timezone(), at)
    with keeping.changing(shelf):
        searches = keeping.find(shelf, SEARCH)
        other = next((kept for kept in searches if _is_of(kept, place.seat.other) and _waits(kept, at)), None)
        theirs = _opened(place, other) if other else None
        _forget(shelf, searches if theirs is not None else [s for s in searches if _is_of(s, place.seat)])
        news.tell_other(place, new=SEARCH.name)
        if other is None or theirs is None:
            _leave(place, free, minutes, about, at)
            return None
        slots = proposed(free, theirs, other.document.minutes, begin)
        _keep(shelf, other.document, slots, at)
    return tuple(slots)


def take_back(place: Place) -> None:
    """Look for no time any more; what was left is erased with its secret.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        mine = [kept for kept in keeping.find(shelf, SEARCH) if _is_of(kept, place.seat)]
        _forget(shelf, mine)
        if mine:
            news.gone(place, SEARCH.name)
            news.tell_other(place)


def done(place: Place) -> None:
    """Let go of the times that were found: one was chosen, or none suits.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        found = keeping.find(shelf, FOUND)
        for kept in found:
            keeping.remove(shelf, FOUND, kept.ref)
        if found:
            news.gone(place, SEARCH.name)
            news.tell_other(place)


def part(place: Place, *, at: datetime) -> None:
    """Erase whatever waits, for somebody who leaves."""
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        _forget(shelf, keeping.find(shelf, SEARCH))


def _free(place: Place, ring: Ring, zone: tzinfo, at: datetime) -> list[Piece]:
    hand = Shelf.at_hand(place.me.user_id, ring)
    mine = own.own_of(hand, at=at, today=timezone.localdate(at, zone))
    if not mine.is_said:
        raise NothingSaid
    return mine.free(zone, begin=minute_of(at) + LEAD)


def _waits(kept: Kept[Search], at: datetime) -> bool:
    return at < datetime.fromisoformat(kept.document.until)


def _is_of(kept: Kept[Search], seat: Seat) -> bool:
    return kept.document.seat == seat


def _ahead(found: Found, at: datetime) -> tuple[Slot, ...]:
    slots = (Slot(begin=begin, minutes=minutes, energy=energy) for begin, minutes, energy in found.slots)
    return tuple(slot for slot in slots if slot.starts > at)


def _leave(place: Place, free: list[Piece], minutes: int, about: str, at: datetime) -> None:
    """Leave when somebody is free until the other looks as well."""
    until, secret = at + WAITS, uuid4()
    key = once_key(store.make_secret(secret))
    store.keep_until(secret, until)
    locked = seal(key, key_version=0, document=padded(free), **_place_of(place, secret, place.me.user_id))
    search = Search(
        seat=place.seat, minutes=minutes, about=about, until=until.isoformat(), secret=str(secret),
        locked=locked.hex(),
    )  # fmt: skip
    keeping.put(Shelf.of_bond(place), SEARCH, search, at=at)


def _opened(place: Place, kept: Kept[Search]) -> list[Piece] | None:
    """Return when the other is free; None when that does not open, so that it cannot be used."""
    secret = UUID(kept.document.secret)
    try:
        key, blob = once_key(store.secret_of(secret)), bytes.fromhex(kept.document.locked)
        document = open_record(key, blob, **_place_of(place, secret, kept.author))
        return [Piece(begin=begin, end=end, energy=energy) for begin, end, energy in document[FREE]]
    except (VaultError, KeyError, TypeError, ValueError):
        return None


def _place_of(place: Place, secret: UUID, author: UUID) -> dict[str, Any]:  # Any: of several types
    return {
        "scope": Scope.BOND, "scope_id": place.bond.pk, "kind": SEALED_AS, "row": secret, "author": author,
        "schema": SCHEMA,
    }  # fmt: skip


def _keep(shelf: Shelf, search: Search, slots: list[Slot], at: datetime) -> None:
    for kept in keeping.find(shelf, FOUND):
        keeping.remove(shelf, FOUND, kept.ref)
    times = [[slot.begin, slot.minutes, slot.energy] for slot in slots]
    keeping.put(shelf, FOUND, Found(minutes=search.minutes, about=search.about, slots=times), at=at)


def _forget(shelf: Shelf, searches: list[Kept[Search]]) -> None:
    """Take searches away, and once that is certain their secrets, so that no backup opens them either."""
    for kept in searches:
        keeping.remove(shelf, SEARCH, kept.ref)
        transaction.on_commit(partial(store.erase, [UUID(kept.document.secret)]))
