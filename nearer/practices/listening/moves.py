"""What can be said and done on the Floor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from nearer.protocol import Length, Move

Topic = Annotated[str, Length(1, 140)]
Degrees = Annotated[int, Length(0, 10)]
Words = Annotated[str, Length(0, 400)]
Question = Annotated[str, Length(0, 200)]
Line = Annotated[str, Length(0, 280)]


class Answer(StrEnum):
    """Whether what was said back is what was meant."""

    YES = "yes"
    NEARLY = "nearly"
    NO = "no"


class Variant(StrEnum):
    """What sort of talk this is."""

    EVERYDAY = "everyday"
    GOOD = "good"  # good news
    HARD = "hard"


class Way(StrEnum):
    """Ways of being glad with somebody.

    Source: Gable, S. L., Reis, H. T., Impett, E. A., & Asher, E. R. (2004). What do you do when things go
    right? The intrapersonal and interpersonal benefits of sharing positive events.
    """

    ASK = "ask"  # ask how it happened
    SHOWS = "shows"  # say what it shows about them
    MARK = "mark"  # say how to celebrate it


@dataclass(frozen=True, kw_only=True)
class SetTopic(Move):
    """Let us talk about this."""

    unsent: ClassVar[bool] = True

    topic: Topic
    variant: Variant = Variant.EVERYDAY


@dataclass(frozen=True, kw_only=True)
class Heat(Move):
    """How warm the topic feels to me. Nobody is ever shown the number."""

    sealed: ClassVar[bool] = True

    level: Degrees


@dataclass(frozen=True, kw_only=True)
class Volunteer(Move):
    """I speak first."""


@dataclass(frozen=True, kw_only=True)
class Coin(Move):
    """A coin decides who speaks first. On heads it is the host."""

    heads: bool


@dataclass(frozen=True, kw_only=True)
class Said(Move):
    """Words, or a sign that they were spoken aloud. Neither is allowed too: nobody owes a disclosure."""

    words: Words
    aloud: bool


@dataclass(frozen=True, kw_only=True)
class Speak(Said):
    """What I want you to understand."""


@dataclass(frozen=True, kw_only=True)
class Nod(Move):
    """I am with you."""

    ambient: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Reflect(Said):
    """What I heard, in my own words."""


@dataclass(frozen=True, kw_only=True)
class Cheer(Said):
    """I am glad with you: how it happened, what it shows about you, or how we celebrate it."""

    way: Way


@dataclass(frozen=True, kw_only=True)
class Check(Move):
    """The one who spoke says whether that is it. Nobody and nothing else judges."""

    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Clarify(Said):
    """What was missing."""


@dataclass(frozen=True, kw_only=True)
class Enough(Move):
    """Close enough for today, or not."""

    enough: bool


@dataclass(frozen=True, kw_only=True)
class Validate(Said):
    """It makes sense to me. No words and not aloud is a skip."""


@dataclass(frozen=True, kw_only=True)
class Ask(Move):
    """One open question. An empty one that is not aloud is a skip."""

    question: Question
    aloud: bool

    @property
    def words(self) -> str:
        """The question, by the name every saying has."""
        return self.question


@dataclass(frozen=True, kw_only=True)
class More(Move):
    """Whether there is more to say."""

    more: bool


@dataclass(frozen=True, kw_only=True)
class Swap(Move):
    """The other speaks now."""

    unsent: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class EndHere(Move):
    """One floor was enough this time."""


@dataclass(frozen=True, kw_only=True)
class Note(Move):
    """One thing I understood better. May be empty."""

    sealed: ClassVar[bool] = True

    words: Line


@dataclass(frozen=True, kw_only=True)
class Keep(Move):
    """Whether to keep this. It is kept only if both say so, and nobody is shown who did."""

    sealed: ClassVar[bool] = True
    consent: ClassVar[bool] = True

    keep: bool


@dataclass(frozen=True, kw_only=True)
class Finish(Move):
    """We have read them to each other."""


MOVES: frozenset[type[Move]] = frozenset(
    {
        SetTopic, Heat, Volunteer, Coin, Speak, Nod, Reflect, Cheer, Check,
        Clarify, Enough, Validate, Ask, More, Swap, EndHere, Note, Keep, Finish,
    }
)  # fmt: skip
