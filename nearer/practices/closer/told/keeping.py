"""Tellings on the shelf of a bond: told, received, replied to, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.practices.closer import items
from nearer.practices.closer.items import Item
from nearer.practices.closer.told.rules import Seen, Sort, Told, Way
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf

TOLD = Kind(name="told", shape=Told)


def items_in(found: Gathered, place: Place, *sorts: Sort) -> list[Item[Seen]]:
    """Return the tellings of some sorts that this person has not put away, newest first; all sorts, if none is named."""
    kept = [each for each in found.shown(TOLD) if not sorts or each.document.sort in sorts]
    return [item for each in reversed(kept) if (item := _item(each, place))]


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
    """Receive what the other told; the same answer sent twice is one.

    Raises:
        NotThere: there is no such telling.
        NotOpen: it is not this person's to answer, or not any more.
        BondNotOpen: nothing new is kept in this bond.
    """
    given = (way, words, view)
    _change(
        place,
        ref,
        lambda told: told.answered(place.seat, *given),
        at,
        same=lambda told: _is(told, place, *given),
    )


def reply(place: Place, ref: UUID, words: str, *, at: datetime) -> None:
    """Say what one would like, where that was asked; the same sent twice is one.

    Raises:
        NotThere, NotOpen, BondNotOpen: as for an answer.
    """
    _change(
        place, ref, lambda told: told.replied(place.seat, words), at,
        same=lambda told: told.seat == place.seat and told.reply == words,
    )  # fmt: skip


def take_back(place: Place, ref: UUID) -> None:
    """Take back one's part of a telling, or fold away that the other did, also in a closed bond.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    items.take_back(place, TOLD, ref)


def withdraw(place: Place) -> None:
    """Take back all that this person told, and every answer they gave."""
    for kept in keeping.find(Shelf.of_bond(place), TOLD):
        if kept.document.is_partly(place.seat):
            take_back(place, kept.ref)


def _change(
    place: Place, ref: UUID, how: Callable[[Told], Told], at: datetime, *, same: Callable[[Told], bool]
) -> None:
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        told = keeping.get(shelf, TOLD, ref).document
        if same(told):
            return
        keeping.replace(shelf, TOLD, ref, how(told), at=at)
        news.tell_other(place, new=ref)


def _is(told: Told, place: Place, way: Way, words: str, view: str) -> bool:
    return told.seat != place.seat and (told.way, told.words, told.view) == (way, words, view)


def _item(kept: Kept[Told], place: Place) -> Item[Seen] | None:
    seen = kept.document.seen_by(place.seat)
    return Item.of(kept, place, seen) if seen else None
