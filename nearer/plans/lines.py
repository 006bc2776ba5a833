"""Plan lines: "When …, then we …". One puts it to the other, who says yes from their own session.

A line is agreed when whoever sealed it last is not the one who proposed it: the author is part of what is
sealed, so a yes cannot be written for somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from nearer.bonds.place import Place
from nearer.protocol import Seat
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf
from nearer.vault.errors import VaultError

PART_MOST = 140
OPEN_MOST = 3


class PlansFull(Exception):
    """There are as many open lines as two people can keep in mind."""


class NotTheirs(Exception):
    """Nobody says yes to their own line."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is sealed.

    Attributes:
        cue: the moment: "the kitchen is tidy".
        act: what the two do then: "sit on the sofa".
        proposer: the seat of whoever proposed it.
    """

    cue: str
    act: str
    proposer: str


PLAN = Kind(name="plan", shape=Plan)


class Stand(StrEnum):
    """How a line stands, for whoever looks."""

    AGREED = "agreed"
    PUT_TO_ME = "put to me"
    PUT_TO_THEM = "put to them"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A plan line as one of the two sees it."""

    ref: UUID
    cue: str
    act: str
    stand: Stand


@dataclass(frozen=True, kw_only=True)
class Lines:
    """All open lines of a bond, oldest first."""

    lines: tuple[Line, ...]

    @property
    def agreed(self) -> list[Line]:
        """Those both said yes to."""
        return self._that(Stand.AGREED)

    @property
    def put_to_me(self) -> list[Line]:
        """Those the other proposes."""
        return self._that(Stand.PUT_TO_ME)

    @property
    def put_to_them(self) -> list[Line]:
        """Those I propose."""
        return self._that(Stand.PUT_TO_THEM)

    @property
    def is_full(self) -> bool:
        """Whether one has to go before another can come."""
        return len(self.lines) >= OPEN_MOST

    def _that(self, stand: Stand) -> list[Line]:
        return [line for line in self.lines if line.stand is stand]


def lines_in(found: Gathered, place: Place) -> Lines:
    """Return the plan lines among what was gathered.

    Raises:
        VaultError: a line says it was proposed by somebody who has no seat here.
    """
    return Lines(lines=tuple(_line(kept, place) for kept in found.of(PLAN)))


def lines_of(place: Place) -> Lines:
    """Return a bond's plan lines.

    Raises:
        VaultError: one of them does not open.
    """
    return lines_in(keeping.gather(Shelf.of_bond(place), PLAN), place)


def propose(place: Place, *, cue: str, act: str, at: datetime) -> None:
    """Put a line to the other; the same line twice is one line.

    Raises:
        PlansFull: there are enough open ones.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        open_lines = lines_of(place)
        if any((line.cue, line.act) == (cue, act) for line in open_lines.lines):
            return
        if open_lines.is_full:
            raise PlansFull
        keeping.put(shelf, PLAN, Plan(cue=cue, act=act, proposer=place.seat), at=at)


def confirm(place: Place, ref: UUID, *, at: datetime) -> None:
    """Say yes to a line the other proposed; to one that is agreed already, nothing is added.

    Raises:
        NotThere: it has been let go meanwhile.
        NotTheirs: this person proposed it.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        kept = keeping.get(shelf, PLAN, ref)
        line = _line(kept, place)
        if kept.document.proposer == place.seat:
            raise NotTheirs
        if line.stand is Stand.PUT_TO_ME:
            keeping.replace(shelf, PLAN, ref, kept.document, at=at)


def let_go(place: Place, ref: UUID) -> None:
    """Take a line away, agreed or not, without a trace. Either may, at any time."""
    keeping.remove(Shelf.of_bond(place), PLAN, ref)


def _line(kept: Kept[Plan], place: Place) -> Line:
    plan = kept.document
    if plan.proposer not in list(Seat):
        raise VaultError
    if kept.author != place.user_at(Seat(plan.proposer)):
        stand = Stand.AGREED
    else:
        stand = Stand.PUT_TO_THEM if kept.author == place.me.user_id else Stand.PUT_TO_ME
    return Line(ref=kept.ref, cue=plan.cue, act=plan.act, stand=stand)
