"""What can be said and done on the Floor: the parts' moves, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from nearer.parts.moves import (
    Ask,
    Check,
    Cheer,
    Clarify,
    EndHere,
    Enough,
    Finish,
    Fit,
    Glad,
    Keep,
    Nod,
    Note,
    Reflect,
    Speak,
    Swap,
    Validate,
)
from nearer.protocol import Length, Move

__all__ = [
    "Ask", "Check", "Cheer", "Clarify", "Coin", "EndHere", "Enough", "Feel", "Finish", "Fit", "Glad", "Heat", "Keep", "More",
    "Nod", "Note", "Reflect", "SetTopic", "Speak", "Swap", "TakeTopic", "Validate", "Variant", "Volunteer",
]  # fmt: skip

Topic = Annotated[str, Length(1, 140)]


class Variant(StrEnum):
    """What sort of talk this is."""

    EVERYDAY = "everyday"
    GOOD = "good"  # good news
    HARD = "hard"


class Feel(StrEnum):
    """How a topic feels to somebody today."""

    EASY = "easy"
    TOUCHY = "touchy"
    NOT_TODAY = "not_today"


@dataclass(frozen=True, kw_only=True)
class SetTopic(Move):
    """Shall we talk about this?"""

    unsent: ClassVar[bool] = True

    topic: Topic
    variant: Variant = Variant.EVERYDAY


@dataclass(frozen=True, kw_only=True)
class TakeTopic(Move):
    """Yes, about what you suggested."""


@dataclass(frozen=True, kw_only=True)
class Heat(Move):
    """How the topic feels to me. Nobody is ever shown it."""

    sealed: ClassVar[bool] = True

    level: Feel


@dataclass(frozen=True, kw_only=True)
class Volunteer(Move):
    """I speak first."""


@dataclass(frozen=True, kw_only=True)
class Coin(Move):
    """A coin decides who speaks first. On heads it is the host."""

    heads: bool


@dataclass(frozen=True, kw_only=True)
class More(Move):
    """Whether there is more to say."""

    more: bool
