"""What comforts and what helps: in its owner's drawer, and on the shelf of the bond what they show of it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.practices.support.known.rules import Comforts, First, Helped, ShownComforts, order_of
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kind
from nearer.records.shelf import Shelf

COMFORTS = Kind(name="comforts", shape=Comforts)
SHOWN = Kind(name="comforts-shown", shape=ShownComforts)
HELPED = Kind(name="helped", shape=Helped)
FIRST = Kind(name="helps-first", shape=First)
ALL = "all"


def comforts(drawer: Shelf) -> Comforts:
    """Return what somebody noted.

    Raises:
        VaultError: the drawer is closed.
    """
    return next((kept.document for kept in keeping.find(drawer, COMFORTS)), Comforts())


def note(drawer: Shelf, found: Comforts, *, at: datetime) -> None:
    """Note what comforts somebody, and what does not."""
    keeping.put(drawer, COMFORTS, found, at=at, about=ALL)


def show(place: Place, found: Comforts, *, at: datetime) -> None:
    """Show it to the other, in the place of what was shown before.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    _show(place, SHOWN, ShownComforts(seat=place.seat, **_tuples(found)), at=at)


def show_first(place: Place, drawer: Shelf, *, at: datetime) -> None:
    """Let the other be offered first what tends to help; the order alone goes to them.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    found = [kept.document for kept in keeping.find(drawer, HELPED)]
    _show(place, FIRST, First(seat=place.seat, ways=order_of(found)), at=at)


def hide(place: Place, kind: Kind[Any]) -> None:
    """Take back what is shown.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        _remove(shelf, kind, place)
        news.tell_other(place)


def withdraw(place: Place) -> None:
    """Take back all that this person shows."""
    found = gathered(place)
    for kind in (SHOWN, FIRST):
        if of_seat(found, kind, place.seat):
            hide(place, kind)


def gathered(place: Place) -> Gathered:
    """Return what the two show."""
    return keeping.gather(Shelf.of_bond(place), SHOWN, FIRST)


def of_seat(found: Gathered, kind: Kind[Any], seat: str) -> Any:  # Any: a document of that kind, or None
    """Return what somebody shows of a kind."""
    return next((kept.document for kept in found.of(kind) if kept.document.seat == seat), None)


def of_other(
    found: Gathered, kind: Kind[Any], place: Place
) -> Any:  # Any: a kept document of that kind, or None
    """Return what the other shows of a kind, unless this person put it away."""
    return next((kept for kept in found.shown(kind) if kept.document.seat == place.seat.other), None)


def _show(place: Place, kind: Kind[Any], document: Any, *, at: datetime) -> None:  # Any: see of_seat
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        _remove(shelf, kind, place)
        keeping.put(shelf, kind, document, at=at)
        news.tell_other(place)


def _remove(shelf: Shelf, kind: Kind[Any], place: Place) -> None:
    for kept in keeping.find(shelf, kind):
        if kept.document.seat == place.seat:
            keeping.remove(shelf, kind, kept.ref)


def _tuples(found: Comforts) -> dict[str, tuple[str, ...]]:
    return {name: tuple(value) for name, value in asdict(found).items()}
