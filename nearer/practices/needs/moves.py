"""What can be said and done in the Needs Mirror."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from nearer.protocol import Length, Move, Times

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
Words = Annotated[str, Length(0, 400)]
Question = Annotated[str, Length(0, 200)]
Line = Annotated[str, Length(0, 140)]
Part = Annotated[str, Length(1, 140)]
DAYS_MOST = 14
Days = Annotated[int, Length(1, DAYS_MOST)]
NoDayOrDays = Annotated[int, Length(0, DAYS_MOST)]


class Fit(StrEnum):
    """Whether what was said back is what was meant."""

    YES = "yes"
    NEARLY = "nearly"
    NO = "no"


class Sign(StrEnum):
    """What somebody makes of a sign the other noticed in them."""

    YES = "yes"
    OTHER = "other"
    REST = "rest"  # rather not say


class Way(StrEnum):
    """Ways to answer a request. None of them is a no, and none is more than the others."""

    YES = "yes"
    ANOTHER = "another"  # yes, with a change
    NOT_NOW = "not_now"  # and here is what I can do
    LATER = "later"  # I answer by a date


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
class Said(Move):
    """Words, or a sign that they were spoken aloud. Neither is allowed too: nobody owes a disclosure."""

    words: Words
    aloud: bool


@dataclass(frozen=True, kw_only=True)
class Ask(Move):
    """One open question."""

    words: Question
    aloud: bool


@dataclass(frozen=True, kw_only=True)
class Answer(Said):
    """What it is like for me."""


@dataclass(frozen=True, kw_only=True)
class Reflect(Said):
    """What I heard, and the feeling in it."""


@dataclass(frozen=True, kw_only=True)
class Check(Move):
    """The one whose need it is says whether that is it."""

    fit: Fit


@dataclass(frozen=True, kw_only=True)
class Notice(Move):
    """Something I saw or heard, as a question. Empty and not aloud is a skip."""

    words: Line
    aloud: bool


@dataclass(frozen=True, kw_only=True)
class SignMeans(Move):
    """What I make of the sign you noticed."""

    sign: Sign


@dataclass(frozen=True, kw_only=True)
class Request(Move):
    """One small thing the other could do, and could also not do."""

    words: Line
    aloud: bool


@dataclass(frozen=True, kw_only=True)
class Enough(Move):
    """Being understood was enough."""


@dataclass(frozen=True, kw_only=True)
class Unfold(Move):
    """Letters: I am ready to read, or to have it read."""

    sealed: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Reply(Move):
    """How I answer a request. A promise, so nobody can make it for the other."""

    consent: ClassVar[bool] = True

    way: Way
    words: Line
    days: NoDayOrDays


@dataclass(frozen=True, kw_only=True)
class Spoken(Move):
    """One phone: request and answer were said aloud."""


@dataclass(frozen=True, kw_only=True)
class Plan(Move):
    """When …, then …, by a day at most two weeks away."""

    consent: ClassVar[bool] = True

    cue: Part
    act: Part
    days: Days


@dataclass(frozen=True, kw_only=True)
class NoPlan(Move):
    """No plan is needed."""


@dataclass(frozen=True, kw_only=True)
class Agree(Move):
    """Whether that plan is what helps."""

    consent: ClassVar[bool] = True

    agree: bool


@dataclass(frozen=True, kw_only=True)
class Swap(Move):
    """One phone: now what the other needs."""


@dataclass(frozen=True, kw_only=True)
class EndHere(Move):
    """This was enough for today."""


MOVES: frozenset[type[Move]] = frozenset(
    {
        First, Guessed, Map, Guess, Show, Withdraw, Pick, PickOwn, Ask, Answer, Reflect, Check, Notice, SignMeans,
        Request, Enough, Unfold, Reply, Spoken, Plan, NoPlan, Agree, Swap, EndHere,
    }
)  # fmt: skip
