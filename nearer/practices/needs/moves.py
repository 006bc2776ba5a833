"""What can be said and done in the Needs Mirror: the parts' moves, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from nearer.parts.moves import (
    Agree,
    Answer,
    Ask,
    Check,
    EndHere,
    Fit,
    NoPlan,
    NoRequest,
    Plan,
    Reflect,
    Reply,
    Request,
    Said,
    Short,
    Spoken,
    Swap,
    Unfold,
    Way,
)
from nearer.protocol import Length, Move, Times

__all__ = [
    "ALL", "CARDS", "ESSENTIAL", "OWN", "UNSAID", "Agree", "Answer", "Ask", "Check", "EndHere", "First", "Fit", "Guess",
    "Guessed", "Map", "NoPlan", "NoRequest", "Notice", "Pick", "PickOwn", "Plan", "Reflect", "Reply", "Request", "Show",
    "Sign", "SignMeans", "Spoken", "Swap", "Unfold", "Way", "Withdraw",
]  # fmt: skip

CARDS = 16  # the same for everybody
OWN = 2  # each may add this many
ALL = CARDS + OWN
UNSAID, ESSENTIAL = -1, 4

Levels = Annotated[tuple[int, ...], Length(UNSAID, ESSENTIAL), Times(ALL)]
Guesses = Annotated[tuple[int, ...], Length(UNSAID, ESSENTIAL), Times(CARDS)]
Marks = Annotated[tuple[int, ...], Length(0, 1), Times(ALL)]
Names = Annotated[tuple[str, ...], Length(0, 40), Times(ALL)]
Own = Annotated[int, Length(0, ALL - 1)]
Name = Annotated[str, Length(1, 40)]


class Sign(StrEnum):
    """What somebody makes of a sign the other noticed in them."""

    YES = "yes"
    OTHER = "other"
    REST = "rest"  # rather not say


@dataclass(frozen=True, kw_only=True)
class First(Move):
    """One phone: it begins with what I need."""


@dataclass(frozen=True, kw_only=True)
class Guessed(Move):
    """One phone: I have said my guess aloud."""


@dataclass(frozen=True, kw_only=True)
class Map(Move):
    """What matters to me, how it is met lately, and what of it is mine alone.

    `names` are own words for a card; the last two name cards of one's own.
    """

    sealed: ClassVar[bool] = True

    importance: Levels
    met: Levels
    private: Marks
    names: Names


@dataclass(frozen=True, kw_only=True)
class Guess(Move):
    """What I guess matters to the other. Nobody else is ever shown it."""

    sealed: ClassVar[bool] = True

    levels: Guesses


@dataclass(frozen=True, kw_only=True)
class Show(Move):
    """I show the other one of my cards; with `met` also how it is met lately."""

    ambient: ClassVar[bool] = True
    aside: ClassVar[bool] = True

    card: Own
    met: bool


@dataclass(frozen=True, kw_only=True)
class Withdraw(Move):
    """I take one of my cards back, and with it whatever was made of it."""

    ambient: ClassVar[bool] = True
    aside: ClassVar[bool] = True

    card: Own


@dataclass(frozen=True, kw_only=True)
class Pick(Move):
    """I choose which of my needs we talk about."""

    card: Own


@dataclass(frozen=True, kw_only=True)
class PickOwn(Move):
    """I choose one that stands on no card. In letters a card of one's own says the same."""

    name: Name


@dataclass(frozen=True, kw_only=True)
class Notice(Said):
    """Something I saw or heard, as a question."""

    called: ClassVar[str] = "noticed"

    words: Short


@dataclass(frozen=True, kw_only=True)
class SignMeans(Move):
    """What I make of the sign you noticed."""

    sign: Sign
