"""What comforts and what helps: in its owner's drawer, and on the shelf of the bond what they show of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.practices.support.known.rules import Comforts, First, Helped, ShownComforts, order_of
from nearer.records import keeping, one_each
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
    one_each.put(place, SHOWN, ShownComforts(seat=place.seat, yes=found.yes, no=found.no), at=at)
    news.tell_other(place)


def show_first(place: Place, drawer: Shelf, *, at: datetime) -> None:
    """Let the other be offered first what tends to help; the order alone goes to them.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    found = [kept.document for kept in keeping.find(drawer, HELPED)]
    one_each.put(place, FIRST, First(seat=place.seat, ways=order_of(found)), at=at)
    news.tell_other(place)


def hide(place: Place, kind: Kind[Any]) -> None:
    """Take back what is shown.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    if one_each.take(place, kind):
        news.tell_other(place)


def withdraw(place: Place) -> None:
    """Take back all that this person shows."""
    for kind in (SHOWN, FIRST):
        hide(place, kind)


def gathered(place: Place) -> Gathered:
    """Return what the two show."""
    return keeping.gather(Shelf.of_bond(place), SHOWN, FIRST)
