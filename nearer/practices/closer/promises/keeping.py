"""Promises on the shelf of a bond, and what somebody noted of their own for themselves alone.

That a promise did not happen changes nothing on the bond's shelf unless its own person says so there: the note goes into
their drawer, and the promise out of their own sight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import timezone as zone
from uuid import UUID

from django.utils import timezone

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.practices.closer.promises.rules import OPEN_MOST, Promise, Seen, State
from nearer.records import between, keeping, putaway
from nearer.records.between import Item
from nearer.records.keeping import Gathered, Kept, Kind, NotThere
from nearer.records.putaway import Thing
from nearer.records.shelf import Shelf
from nearer.vault.ring import Ring

AWAY = "promise"
LAST = zone(timedelta(hours=-12))
"""Where each day ends last."""


class Full(Exception):
    """As many promises of this person are open as one can keep in mind."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """What somebody notes of a promise of theirs for themselves alone.

    Attributes:
        bond: the id of the bond.
        promise: the id of the promise.
        cue: its moment, as it was.
        act: what was to be done then.
        line: one line of repair, or nothing.
    """

    bond: str
    promise: str
    cue: str
    act: str
    line: str = ""


PROMISE = Kind(name="promise", shape=Promise)
NOTE = Kind(name="promise-note", shape=Note)


def items_in(found: Gathered, place: Place, *, at: datetime) -> list[Item[Seen]]:
    """Return the promises of the two that this person has not put away, the one that comes first on top."""
    shown = between.items(found.shown(PROMISE), place, lambda kept: _seen(kept.document, place, at))
    return sorted(shown, key=lambda item: (not item.seen.is_open, item.seen.by or date.max, item.ref))


def open_of(found: Gathered, place: Place, *, at: datetime) -> int:
    """Return how many of this person's promises are still to come."""
    today = timezone.localdate(at)
    return sum(
        each.document.seat == place.seat and each.document.is_open(today) for each in found.of(PROMISE)
    )


def clear(found: Gathered, place: Place, *, at: datetime) -> None:
    """Take away the promises that are over, among what was gathered."""
    today = timezone.localdate(at, LAST)
    over = [kept.ref for kept in found.of(PROMISE) if kept.document.is_over(today)]
    keeping.clear(Shelf.of_bond(place), PROMISE, *over)


def promise(place: Place, cue: str, act: str, by: date, *, at: datetime, once: str = "") -> None:
    """Promise something, once from each page.

    Raises:
        Full: three are open.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf, today = Shelf.of_bond(place), timezone.localdate(at)
    made = Promise(seat=place.seat, cue=cue, act=act, by=by.isoformat(), said=today.isoformat())
    with keeping.changing(shelf):
        if keeping.came(shelf, PROMISE, once):
            return
        if open_of(keeping.gather(shelf, PROMISE), place, at=at) >= OPEN_MOST:
            raise Full
        kept = keeping.put(shelf, PROMISE, made, at=at, once=once)
        news.tell_other(place, new=kept.ref)


def change(place: Place, ref: UUID, cue: str, act: str, by: date, *, at: datetime) -> None:
    """Put other words or another day into a promise of one's own, in time.

    Raises:
        NotThere, NotOpen, BondNotOpen: there is none, it is not theirs or not any more, nothing is kept here.
    """
    today = timezone.localdate(at)
    between.change(
        place, PROMISE, ref, lambda made: made.changed(place.seat, cue, act, by, today=today), at=at
    )


def mark(place: Place, ref: UUID, state: State, repair: str = "", *, at: datetime) -> None:
    """Say what became of a promise of one's own, so that the other sees it.

    Raises:
        NotThere, NotOpen, BondNotOpen: as above.
    """
    between.change(place, PROMISE, ref, lambda made: made.marked(place.seat, state, repair), at=at)


def note_alone(place: Place, ring: Ring, ref: UUID, line: str, *, at: datetime) -> None:
    """Note for oneself alone that a promise of one's own did not happen. Nothing the other receives is different for it.

    Raises:
        NotThere: it is gone, or the other's.
    """
    made = keeping.get(Shelf.of_bond(place), PROMISE, ref).document
    if made.seat != place.seat or made.withdrawn:
        raise NotThere
    note = Note(bond=str(place.bond.pk), promise=str(ref), cue=made.cue, act=made.act, line=line)
    keeping.put(Shelf.of_person(place.me.user_id, ring), NOTE, note, at=at, about=str(ref))
    day = timezone.localdate(at).isoformat()
    putaway.put_away(place, ring, Thing(str(ref), AWAY, day), at=at)


def notice(place: Place, ref: UUID, *, noticed: bool, at: datetime) -> None:
    """Say that one noticed a promise of the other's, or no longer.

    Raises:
        NotThere, NotOpen, BondNotOpen: as above.
    """
    between.change(place, PROMISE, ref, lambda made: made.as_noticed(place.seat, noticed=noticed), at=at)


def notes(drawer: Shelf, bond: UUID | None = None) -> list[Kept[Note]]:
    """Return what somebody noted for themselves alone, newest first; of one bond, or of all.

    Raises:
        VaultError: their drawer is not open.
    """
    found = keeping.find(drawer, NOTE)
    return [kept for kept in reversed(found) if bond is None or kept.document.bond == str(bond)]


def _seen(made: Promise, place: Place, at: datetime) -> Seen | None:
    # Where the other of the two lives nobody is told: their day is over once it is over everywhere.
    today = timezone.localdate(at, None if made.seat == place.seat else LAST)
    return made.seen_by(place.seat, today=today)
