"""What can be said and done in Closer: the parts' moves, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from nearer.parts.moves import Finish, Keep, Note, Said, Sentence
from nearer.protocol import FromDeck, Length, Move

__all__ = [
    "Answer",
    "Care",
    "Draw",
    "Finish",
    "First",
    "Keep",
    "Next",
    "Note",
    "Pass",
    "Respond",
    "Share",
    "Tell",
    "Where",
]

Card = Annotated[str, Length(0, 60), FromDeck()]


class Care(StrEnum):
    """The four ways to receive what somebody shared. None of them is advice."""

    THANK = "thank"  # thank you for telling me
    BACK = "back"  # say back what was heard
    TOUCHED = "touched"  # what touched me
    WANT = "want"  # is there anything you want?


class Where(StrEnum):
    """Where to go on, from the shortest way to the longest."""

    ENOUGH = "enough"  # that was enough for today
    SAME = "same"  # another one like this
    DEEPER = "deeper"  # a little deeper
    THIRD = "third"  # deep: only where each has switched it on for themselves


@dataclass(frozen=True, kw_only=True)
class Draw(Move):
    """A question, or another one in its place. Nobody is shown who turned it over, nor how often."""

    deals: ClassVar[str] = "card"

    card: Card


@dataclass(frozen=True, kw_only=True)
class Answer(Said):
    """My answer, sealed until both are in; or that I have one, and say it aloud then."""

    called: ClassVar[str] = "answered"
    sealed: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class First(Move):
    """I go first, in the open. It obliges the other to nothing."""

    unsent: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Share(Said):
    """My answer, in the open."""

    called: ClassVar[str] = "shared"


@dataclass(frozen=True, kw_only=True)
class Pass(Move):
    """I only listen this time."""


@dataclass(frozen=True, kw_only=True)
class Respond(Said):
    """How I receive what was shared."""

    called: ClassVar[str] = "received"

    words: Sentence
    way: Care


@dataclass(frozen=True, kw_only=True)
class Tell(Said):
    """What I would like, now that I was asked; nothing is an answer too."""

    called: ClassVar[str] = "wished"

    words: Sentence


@dataclass(frozen=True, kw_only=True)
class Next(Move):
    """Where I would like to go on. Nobody is ever shown it; the shorter way counts."""

    sealed: ClassVar[bool] = True

    where: Where
