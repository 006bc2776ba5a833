"""What each of the two shows the other, or says for both: one record by each of a kind, in the place of the one before.

A document of such a kind says whose it is: `seat`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from nearer.bonds.place import Place
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf


def put(place: Place, kind: Kind[Any], document: Any, *, at: datetime) -> None:  # Any: of that kind
    """Put one's own in the place of the one before.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        _remove(shelf, kind, place)
        keeping.put(shelf, kind, document, at=at)


def take(place: Place, kind: Kind[Any]) -> bool:
    """Take one's own away, also in a closed bond; say whether there was one.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        return _remove(shelf, kind, place)


def of(found: Gathered, kind: Kind[Any], seat: str, *, shown: bool = False) -> Kept[Any] | None:
    """Return somebody's, among what was gathered; with `shown`, unless whoever looks has put it away."""
    kept = found.shown(kind) if shown else found.of(kind)
    return next((each for each in reversed(kept) if each.document.seat == seat), None)


def _remove(shelf: Shelf, kind: Kind[Any], place: Place) -> bool:
    mine = [kept.ref for kept in keeping.find(shelf, kind) if kept.document.seat == place.seat]
    for ref in mine:
        keeping.remove(shelf, kind, ref)
    return bool(mine)
