"""What a room keeps of two people beyond its sittings, as the house asks for it: to take it back, or along.

The house knows no room by name. A room that keeps something brings a `belongings.py` with these three functions;
one that keeps nothing brings none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from nearer.protocol import Words

if TYPE_CHECKING:
    from nearer.bonds.place import Place  # models, which a room's own config comes before
    from nearer.records.shelf import Shelf


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Words that somebody may take along.

    Attributes:
        mine: whether they are their own.
        words: what they are, and what became of them.
        about: what they belong to, in a few words of the room's; empty for nothing.
    """

    mine: bool
    words: Words = field(repr=False)
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a room keeps under one heading.

    Attributes:
        title: the heading, in the reader's language.
        pieces: the words, in order.
    """

    title: str
    pieces: tuple[Piece, ...]


class Belongings(Protocol):
    """What a room answers for what it keeps."""

    def withdraw(self, place: Place, *, at: datetime) -> None:
        """Take back all that this person wrote and the other still has; the bond may be closed."""

    def own(self, drawer: Shelf) -> list[Part]:
        """Return what somebody keeps of the room for themselves alone; their drawer is open."""

    def shared(self, place: Place) -> list[Part]:
        """Return what somebody wrote and what was opened to them: never what the other keeps alone or took back."""


class Nothing:
    """A room that keeps nothing beyond its sittings."""

    def withdraw(self, place: Place, *, at: datetime) -> None:
        """Take nothing back."""

    def own(self, drawer: Shelf) -> list[Part]:
        """Return nothing."""
        return []

    def shared(self, place: Place) -> list[Part]:
        """Return nothing."""
        return []
