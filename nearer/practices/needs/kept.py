"""What outlives a sitting of the Needs Mirror: what each opened of their map, and a request not answered yet.

It names people by their seats, and lies on the bond's shelf. What is made of it, a picture or a reading, is
made anew each time and stored nowhere, so a card that is taken back is gone from all of it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from nearer.bonds.place import Place
from nearer.practices.needs import mirror
from nearer.practices.needs.mirror import Side, Sides
from nearer.practices.needs.moves import UNSAID, Way
from nearer.protocol import Seat
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind, NotThere
from nearer.records.shelf import Shelf

REDRAW = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Round:
    """Two maps and two guesses, as far as their cards were opened.

    Attributes:
        sides: by seat, what a `Side` holds.
    """

    sides: dict[str, dict[str, Any]]

    @classmethod
    def of(cls, sides: Sides) -> Round:
        """Return what is stored of two sides: nothing private, and no level that was not opened."""
        opened = {seat: side.opened for seat, side in sides.items()}
        for seat in Seat:
            gone = [card for card in range(len(opened[seat].guesses)) if not opened[seat.other].is_open(card)]
            for card in gone:
                opened[seat] = opened[seat].unguessed(card)
        return cls(sides={seat: asdict(side) for seat, side in opened.items()})

    @property
    def opened(self) -> dict[Seat, Side]:
        """The two sides."""
        return {seat: Side(**{name: tuple(row) for name, row in self.sides[seat].items()}) for seat in Seat}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left in it."""
        return all(level == UNSAID for side in self.opened.values() for level in side.importance)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request whose answer was put off to a day.

    Attributes:
        owner: the seat of whoever asks.
        card: which need it is about.
        name: that need in own words.
        words: the request; empty when it was said aloud.
        by: the day, as 2026-01-31.
        way: how it was answered meanwhile; empty for not yet.
        answer: in what words.
    """

    owner: str
    card: int
    name: str
    words: str
    by: str
    way: str = ""
    answer: str = ""

    @property
    def day(self) -> date:
        """The day."""
        return date.fromisoformat(self.by)


ROUND = Kind(name="needs-round", shape=Round)
ASKED = Kind(name="needs-request", shape=Asked)
KINDS = (ROUND, ASKED)


class NotTheirs(Exception):
    """Nobody answers their own request."""


def gather(place: Place) -> Gathered:
    """Return everything of these kinds that a bond keeps."""
    return keeping.gather(Shelf.of_bond(place), *KINDS)


def keep_round(place: Place, sides: Sides, *, at: datetime) -> None:
    """Keep what two people opened to each other.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    round_ = Round.of(sides)
    if not round_.is_empty:
        keeping.put(Shelf.of_bond(place), ROUND, round_, at=at)


def take_back(place: Place, ref: UUID, card: int, *, at: datetime) -> None:
    """Take one of one's own cards out of a round, with what the other guessed of it.

    In a bond that is closed nothing is written any more; there the whole round goes.

    Raises:
        NotThere: there is no such round.
    """
    shelf = Shelf.of_bond(place)
    kept = keeping.get(shelf, ROUND, ref)
    left = Round(sides={
        seat: asdict(side) for seat, side in mirror.taken_back(kept.document.opened, place.seat, card).items()
    })  # fmt: skip
    try:
        if not left.is_empty:
            keeping.replace(shelf, ROUND, ref, left, at=kept.at)
            return
    except keeping.BondNotOpen:
        pass
    keeping.remove(shelf, ROUND, ref)


def answer(place: Place, ref: UUID, way: Way, words: str, *, at: datetime) -> None:
    """Answer a request of the other's that was put off.

    Raises:
        NotThere: it is no more, or has been answered.
        NotTheirs: it is one's own.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        kept: Kept[Asked] = keeping.get(shelf, ASKED, ref)
        if kept.document.owner == place.seat:
            raise NotTheirs
        if kept.document.way:
            raise NotThere
        keeping.replace(shelf, ASKED, ref, replace(kept.document, way=way, answer=words), at=at)


def let_go(place: Place, ref: UUID) -> None:
    """Take a request away. Either may, at any time."""
    keeping.remove(Shelf.of_bond(place), ASKED, ref)
