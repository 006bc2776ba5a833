"""Tellings on the shelf of a bond: told, received, replied to. They are taken back like anything put before the other."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.practices.closer.told.rules import Seen, Sort, Told, Way
from nearer.records import between, keeping
from nearer.records.between import Item
from nearer.records.keeping import Gathered, Kind
from nearer.records.shelf import Shelf

TOLD = Kind(name="told", shape=Told)


def items_in(found: Gathered, place: Place, *sorts: Sort) -> list[Item[Seen]]:
    """Return the tellings of some sorts that this person has not put away, newest first; all sorts, if none is named."""
    kept = [each for each in found.shown(TOLD) if not sorts or each.document.sort in sorts]
    return between.items(reversed(kept), place, lambda each: each.document.seen_by(place.seat))


def tell(place: Place, told: Told, *, at: datetime, once: str = "") -> None:
    """Tell the other something, once from each page.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        if not keeping.came(shelf, TOLD, once):
            kept = keeping.put(shelf, TOLD, told, at=at, once=once)
            news.tell_other(place, new=kept.ref)


def answer(place: Place, ref: UUID, way: Way, words: str, view: str = "", *, at: datetime) -> None:
    """Receive what the other told.

    Raises:
        NotThere: there is no such telling.
        NotOpen: it is not this person's to answer, or not any more.
        BondNotOpen: nothing new is kept in this bond.
    """
    between.change(
        place, TOLD, ref, lambda told: told.answered(place.seat, way, words, view), at=at, calls=True
    )


def reply(place: Place, ref: UUID, words: str, *, at: datetime) -> None:
    """Say what one would like, where that was asked.

    Raises:
        NotThere, NotOpen, BondNotOpen: as for an answer.
    """
    between.change(place, TOLD, ref, lambda told: told.replied(place.seat, words), at=at, calls=True)
