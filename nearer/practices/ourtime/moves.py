"""What can be said and done in Our Time: the parts' moves, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Annotated, ClassVar

from nearer.parts.moves import Agree, EndHere, Finish, Half, NoPlan, Short
from nearer.protocol import FromDeck, Length, Move
from nearer.protocol.moves import Times

__all__ = [
    "Agree", "Begin", "Date", "EndHere", "Finish", "Free", "Glow", "Here", "Level", "Long", "NextOne", "NoPlan", "Other",
    "Ours", "Pick", "Span", "Stop", "Take", "Turn", "Way", "Wish",
]  # fmt: skip

CARDS = 10
"""So many ideas at a time: a minute's worth."""
DAYS, PARTS = 7, 3
HALVES = DAYS * PARTS
"""A week of mornings, afternoons and evenings."""
CLOCKS = -48, 56
"""How many quarters of an hour a clock is ahead of UTC, at least and at most."""
SLOTS = 3
MINUTES_MOST = 480
QUARTER = timedelta(minutes=15)
QUARTERS_MOST = 4_000_000  # in the year 2084


def moment_of(quarter: int) -> datetime | None:
    """Return the moment of so many quarters of an hour since 1970; None for 0, which is no moment."""
    return datetime.fromtimestamp(quarter * QUARTER.total_seconds(), UTC) if quarter else None


def quarter_of(moment: datetime) -> int:
    """Return how many whole quarters of an hour lie between 1970 and a moment."""
    return int(moment.timestamp() // QUARTER.total_seconds())


def clock_of(moment: datetime) -> int:
    """Return how many quarters of an hour the clock is ahead of UTC that a moment is told by."""
    return int((moment.utcoffset() or timedelta()) // QUARTER)


class Way(StrEnum):
    """What the two sit down for."""

    FIND = "find"  # something both would like, and when
    HERE = "here"  # to be there, now
    FILM = "film"  # to talk about the two people in a film


class Level(IntEnum):
    """How much somebody would like to do something."""

    NO = 0
    OK = 1
    LIKE = 2
    LOVE = 3


class Span(StrEnum):
    """For how long they are there, in minutes."""

    SHORT = "20"
    HALF = "40"
    HOUR = "60"
    LONG = "90"
    TWO = "120"


@dataclass(frozen=True, kw_only=True)
class Begin(Move):
    """What we sit down for."""

    way: Way


@dataclass(frozen=True, kw_only=True)
class Wish(Move):
    """How much I would like each of the ideas on the table."""

    sealed: ClassVar[bool] = True

    levels: Annotated[tuple[int, ...], Times(CARDS), Length(Level.NO, Level.LOVE)]


@dataclass(frozen=True, kw_only=True)
class Take(Move):
    """This one. It is chosen when both say the same one."""

    unsent: ClassVar[bool] = True

    card: Annotated[int, Length(0, CARDS - 1)]


@dataclass(frozen=True, kw_only=True)
class Other(Move):
    """None of these: ten others."""

    unsent: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Free(Move):
    """Which mornings, afternoons and evenings of the week to come I have free: 1 for free; and by which clock."""

    sealed: ClassVar[bool] = True

    halves: Annotated[tuple[int, ...], Times(HALVES), Length(0, 1)]
    clock: Annotated[int, Length(*CLOCKS)]


@dataclass(frozen=True, kw_only=True)
class Pick(Move):
    """This time suits me. It is chosen when both say the same one."""

    slot: Annotated[int, Length(0, SLOTS - 1)]


@dataclass(frozen=True, kw_only=True)
class Date(Move):
    """When …, then we …: at a moment, or at one that comes anyway; as `quarter_of` counts it, 0 for none."""

    cue: Short
    act: Half
    quarter: Annotated[int, Length(0, QUARTERS_MOST)]


@dataclass(frozen=True, kw_only=True)
class Long(Move):
    """For how long we are there."""

    span: Span


@dataclass(frozen=True, kw_only=True)
class Here(Move):
    """I am here now."""


@dataclass(frozen=True, kw_only=True)
class Turn(Move):
    """Something to talk about, or another one in its place."""

    deals: ClassVar[str] = "card"

    card: Annotated[str, Length(0, 60), FromDeck()]


@dataclass(frozen=True, kw_only=True)
class Ours(Move):
    """Something to talk about that grew from the two's own talks; which, the server says as it is played."""

    question: Annotated[str, Length(0, 400), FromDeck()]


@dataclass(frozen=True, kw_only=True)
class Stop(Move):
    """That is enough. Nobody is shown whose it was."""


@dataclass(frozen=True, kw_only=True)
class NextOne(Move):
    """Both have answered: the next question."""


@dataclass(frozen=True, kw_only=True)
class Glow(Move):
    """How it was: its best moment, about how long, and whether again. May be empty."""

    sealed: ClassVar[bool] = True

    words: Short
    minutes: Annotated[int, Length(0, MINUTES_MOST)]
    again: bool
