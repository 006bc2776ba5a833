"""What the room keeps beyond its sittings: messages in bottles, for the other and for oneself alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nearer.bonds.place import Place
from nearer.protocol import Words
from nearer.records import keeping
from nearer.records.keeping import Kind
from nearer.records.shelf import Shelf
from nearer.sittings.belongings import Part, Piece


@dataclass(frozen=True, kw_only=True)
class Bottle:
    """A message.

    Attributes:
        seat: whose; empty in a drawer.
        words: what it says.
    """

    seat: str
    words: str


BOTTLE = Kind(name="harbour-bottle", shape=Bottle)


def withdraw(place: Place, *, at: datetime) -> None:
    """Take one's own bottles out of the water."""
    shelf = Shelf.of_bond(place)
    for kept in keeping.find(shelf, BOTTLE):
        if kept.document.seat == place.seat:
            keeping.remove(shelf, BOTTLE, kept.ref)


def own(drawer: Shelf) -> list[Part]:
    """Return the bottles somebody has not thrown."""
    return [_part(keeping.find(drawer, BOTTLE), "")]


def shared(place: Place) -> list[Part]:
    """Return the bottles of both."""
    return [_part(keeping.find(Shelf.of_bond(place), BOTTLE), place.seat)]


def _part(found: list[keeping.Kept[Bottle]], seat: str) -> Part:
    pieces = [Piece(mine=kept.document.seat == seat, words=Words(kept.document.words)) for kept in found]
    return Part(title="Bottles", pieces=tuple(pieces))
