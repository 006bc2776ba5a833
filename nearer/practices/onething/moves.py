"""What can be said and done in One Thing: the parts' moves, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from nearer.parts.moves import Half, Said, Sentence, Short
from nearer.practices.onething.fair.choosing import CANNOT
from nearer.protocol import Length, Move, Times

ALL = 8
"""How many ways to solve something there can be at once."""
SHORTEST, LONGEST = 20, 24 * 60
"""Minutes: the shortest break, for a body needs about that long to settle, and the longest."""
MOST = 10


class Ending(StrEnum):
    """Where it can go once both were understood, the gentlest last. None of them is more than the others."""

    SHARE = "share"  # there are several things, to be shared out
    SOLVE = "solve"  # look for a way
    KNOW = "know"  # find out more first
    HELP = "help"  # ask somebody to help
    KINDLY = "kindly"  # it stays a difference, lived with kindly
    ENOUGH = "enough"  # being understood was enough


class How(StrEnum):
    """What to look for when nothing fits both yet."""

    SMALLER = "smaller"
    SHORTER = "shorter"
    TURNS = "turns"


# Say it.


@dataclass(frozen=True, kw_only=True)
class SetIssue(Move):
    """The one thing it is about."""

    topic: Half


@dataclass(frozen=True, kw_only=True)
class Gate(Move):
    """Whether now is a good time for me. Nobody is ever shown it, and why is not even stored."""

    sealed: ClassVar[bool] = True

    ready: bool


@dataclass(frozen=True, kw_only=True)
class GateAloud(Move):
    """One phone: whether now is a good time for both, as they said aloud."""

    ready: bool


@dataclass(frozen=True, kw_only=True)
class Begin(Said):
    """I feel … about …, and I need this or that."""

    called: ClassVar[str] = "began"

    words: Sentence


# Hear it.


@dataclass(frozen=True, kw_only=True)
class Felt(Move):
    """Whether I feel understood enough to go on. Nobody is shown whose it was."""

    sealed: ClassVar[bool] = True

    enough: bool


@dataclass(frozen=True, kw_only=True)
class Again(Move):
    """One more round, about the smallest part of it."""


# See it.


@dataclass(frozen=True, kw_only=True)
class View(Move):
    """How I think it is for you: what you want, why, what you may fear, and what makes sense to me in it."""

    want: Short
    why: Short
    fear: Short
    sense: Short
    aloud: bool


@dataclass(frozen=True, kw_only=True)
class Correct(Move):
    """That's me: how it is for me, in my words. What makes sense in it stays the other's to say."""

    want: Short
    why: Short
    fear: Short
    aloud: bool


@dataclass(frozen=True, kw_only=True)
class Under(Said):
    """What it touches that is older or bigger than today. May be skipped."""

    called: ClassVar[str] = "underneath"
    sealed: ClassVar[bool] = True

    words: Sentence


# Find a way.


@dataclass(frozen=True, kw_only=True)
class Choose(Move):
    """Where I would like it to go. Nobody is shown it; the gentler of both counts."""

    sealed: ClassVar[bool] = True

    ending: Ending


@dataclass(frozen=True, kw_only=True)
class Kinder(Said):
    """What I can do to make this difference kinder."""

    called: ClassVar[str] = "kinder"
    sealed: ClassVar[bool] = True

    words: Sentence


@dataclass(frozen=True, kw_only=True)
class Circles(Move):
    """What I cannot give up, why it matters, and where I can bend."""

    sealed: ClassVar[bool] = True

    core: Short
    also: Short
    bend: Short


@dataclass(frozen=True, kw_only=True)
class Ideas(Move):
    """Two ways, or two of the things to share out, found alone."""

    sealed: ClassVar[bool] = True

    first: Half
    second: Half


@dataclass(frozen=True, kw_only=True)
class Add(Move):
    """One more of them."""

    words: Half


@dataclass(frozen=True, kw_only=True)
class Listed(Move):
    """These are all, as far as I see."""


@dataclass(frozen=True, kw_only=True)
class Today(Move):
    """How it is for me if nothing changes. It is said before the ways are, and stays."""

    sealed: ClassVar[bool] = True

    level: Annotated[int, Length(0, MOST)]


@dataclass(frozen=True, kw_only=True)
class Rate(Move):
    """How each way would be for me, or that I cannot live with it. Nobody is ever shown one of these."""

    sealed: ClassVar[bool] = True

    levels: Annotated[tuple[int, ...], Length(CANNOT, MOST), Times(ALL)]


@dataclass(frozen=True, kw_only=True)
class Spread(Move):
    """How gladly I would take each of several things. Nobody is ever shown one of these."""

    sealed: ClassVar[bool] = True

    levels: Annotated[tuple[int, ...], Length(0, MOST), Times(ALL)]


@dataclass(frozen=True, kw_only=True)
class Take(Move):
    """This one I would try."""

    card: Annotated[int, Length(0, ALL - 1)]


@dataclass(frozen=True, kw_only=True)
class NoneFits(Move):
    """Let us look once more."""


@dataclass(frozen=True, kw_only=True)
class Reframe(Move):
    """Look again, for something smaller, shorter, or in turns."""

    how: How


@dataclass(frozen=True, kw_only=True)
class Kindly(Move):
    """Let us live with it kindly."""


@dataclass(frozen=True, kw_only=True)
class AskHelp(Move):
    """Let us ask somebody to help."""


# A break, and the way back from it.


@dataclass(frozen=True, kw_only=True)
class TimeOut(Move):
    """I need a break, and am back after so many minutes."""

    way_out: ClassVar[bool] = True

    minutes: Annotated[int, Length(SHORTEST, LONGEST)]


@dataclass(frozen=True, kw_only=True)
class Stop(Move):
    """That part was enough for today."""

    way_out: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Return(Move):
    """Whether I am ready to go on. Nobody is shown whose it was."""

    sealed: ClassVar[bool] = True

    ready: bool


@dataclass(frozen=True, kw_only=True)
class BackAloud(Move):
    """One phone: whether both are ready to go on, as they said aloud."""

    ready: bool
