"""What outlives a sitting of the Needs Mirror: what each opened of their map, and a request not answered yet.

It names people by their seats, and lies on the bond's shelf. What is made of it, a picture or a reading, is
made anew each time and stored nowhere, so a card that is taken back is gone from all of it. Where the other had
been shown it, or a request or its answer, "withdrawn" is left for them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from nearer.bonds.place import Place
from nearer.practices.needs import mirror
from nearer.practices.needs.mirror import Side, Sides
from nearer.practices.needs.moves import ALL, UNSAID, Way
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
        gone: the seats that took back a card the other had been shown.
    """

    sides: dict[str, dict[str, Any]]
    gone: tuple[str, ...] = ()

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
        """Whether nothing is left in it, nor that anything was withdrawn."""
        return not self.gone and all(
            level == UNSAID for side in self.opened.values() for level in side.importance
        )

    def left(self, sides: Sides, *, by: Seat) -> Round:
        """Return what is left once one of the two took something back: these sides, and that it was withdrawn.

        That only where the other had been shown it.
        """
        seen, still = (mirror.opened_to(each, by.other) for each in (self.opened, sides))
        was_seen = any(card in seen and card not in still for card in range(ALL))
        left = {str(seat): asdict(side) for seat, side in sides.items()}
        return Round(sides=left, gone=tuple(sorted({*self.gone, *([by] if was_seen else [])})))


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
        gone: the seat that took its part back, request or answer; what both took back is not kept.
    """

    owner: str
    card: int
    name: str
    words: str
    by: str
    way: str = ""
    answer: str = ""
    gone: str = ""

    def without(self, seat: str) -> Asked | None:
        """Return what stays when one of the two takes their part back, or lets the other's go; None for nothing."""
        if self.gone:
            return self if self.gone == seat else None
        if self.owner == seat:
            return replace(self, card=-1, name="", words="", gone=seat)
        return replace(self, way="", answer="", gone=seat) if self.way else None

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
    """Take one of one's own cards out of a round, with what the other guessed of it, also in a closed bond.

    Raises:
        NotThere: there is no such round.
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        kept = keeping.get(shelf, ROUND, ref)
        sides = mirror.taken_back(kept.document.opened, place.seat, card)
        _put_left(shelf, kept, kept.document.left(sides, by=place.seat))


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
        if kept.document.way or kept.document.gone:
            raise NotThere
        keeping.replace(shelf, ASKED, ref, replace(kept.document, way=way, answer=words), at=at)


def requests_for(found: Gathered, place: Place) -> list[Kept[Asked]]:
    """Return the requests that one of the two still finds: not those where they took their own part back, or put away."""
    return [kept for kept in found.shown(ASKED) if kept.document.gone != place.seat]


def let_go(place: Place, ref: UUID) -> None:
    """Let a request go, also in a closed bond; one that is gone already is passed over.

    One's own request, or one's own answer, is taken back: the other finds that it was withdrawn. What is left, and
    a request that waits for one's answer, goes without a trace.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True), suppress(NotThere):
        kept = keeping.get(shelf, ASKED, ref)
        keeping.keep_left(shelf, ASKED, kept, kept.document.without(place.seat))


def withdraw(place: Place) -> None:
    """Take back all one put into the maps that are kept, every request of one's own and every answer to the other's."""
    shelf, found = Shelf.of_bond(place), gather(place)
    with keeping.changing(shelf, closed=True):
        for kept in found.of(ROUND):
            sides = mirror.unsaid_by(kept.document.opened, place.seat)
            _put_left(shelf, kept, kept.document.left(sides, by=place.seat))
    for asked in found.of(ASKED):
        if asked.document.owner == place.seat or asked.document.way:
            let_go(place, asked.ref)


def _put_left(shelf: Shelf, kept: Kept[Round], left: Round) -> None:
    keeping.keep_left(shelf, ROUND, kept, None if left.is_empty else left)
