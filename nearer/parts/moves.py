"""What can be said and done in the parts of a conversation. Every room takes its moves from here, and adds its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from nearer.protocol import Length, Move

TALK, LETTER = 400, 2_000
"""How many characters there are for what is said sitting together, and in a letter."""

DAYS_MOST = 14
"""How many days away a day is that somebody chooses."""

Words = Annotated[str, Length(0, LETTER)]
Sentence = Annotated[str, Length(0, 200)]
Line = Annotated[str, Length(0, 280)]
Short = Annotated[str, Length(0, 140)]
Half = Annotated[str, Length(1, 140)]
# A chosen day, counted from the move's own day in UTC: where somebody lives it may be a day earlier, or later.
Days = Annotated[int, Length(0, DAYS_MOST + 1)]


# A turn.


class Fit(StrEnum):
    """Whether what was said back is what was meant."""

    YES = "yes"
    NEARLY = "nearly"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class Said(Move):
    """Words, or a sign that they were spoken aloud. Neither is allowed too: nobody owes a disclosure.

    `called`: the name of the saying.
    """

    called: ClassVar[str] = "said"

    words: Words
    aloud: bool


@dataclass(frozen=True, kw_only=True)
class Speak(Said):
    """What I want you to understand."""

    called: ClassVar[str] = "spoke"


@dataclass(frozen=True, kw_only=True)
class Nod(Move):
    """I am with you."""

    ambient: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Reflect(Said):
    """What I heard, in my own words."""

    called: ClassVar[str] = "reflected"


@dataclass(frozen=True, kw_only=True)
class Check(Move):
    """The one who spoke says whether that is it. Nobody and nothing else judges."""

    answer: Fit


@dataclass(frozen=True, kw_only=True)
class Clarify(Said):
    """What was missing."""

    called: ClassVar[str] = "clarified"


@dataclass(frozen=True, kw_only=True)
class Enough(Move):
    """Close enough for today, or not."""

    enough: bool


# Good news.


class Glad(StrEnum):
    """Ways of being glad with somebody.

    Source: Gable, S. L., Reis, H. T., Impett, E. A., & Asher, E. R. (2004). What do you do when things go
    right? The intrapersonal and interpersonal benefits of sharing positive events.
    """

    ASK = "ask"  # ask how it happened
    SHOWS = "shows"  # say what it shows about them
    MARK = "mark"  # say how to celebrate it


@dataclass(frozen=True, kw_only=True)
class Cheer(Said):
    """I am glad with you: how it happened, what it shows about you, or how we celebrate it."""

    called: ClassVar[str] = "cheered"

    way: Glad


# A question and its answer; acknowledging.


@dataclass(frozen=True, kw_only=True)
class Ask(Said):
    """One open question."""

    called: ClassVar[str] = "asked"

    words: Sentence


@dataclass(frozen=True, kw_only=True)
class Answer(Said):
    """What it is like for me."""

    called: ClassVar[str] = "answered"


@dataclass(frozen=True, kw_only=True)
class Validate(Said):
    """It makes sense to me."""

    called: ClassVar[str] = "validated"


# Asked and agreed.


class Way(StrEnum):
    """Ways to answer a request. None of them is a no, and none is more than the others."""

    YES = "yes"
    ANOTHER = "another"  # yes, with a change
    NOT_NOW = "not_now"  # and here is what I can do
    LATER = "later"  # I answer by a date


@dataclass(frozen=True, kw_only=True)
class Request(Said):
    """One small thing the other could do, and could also not do."""

    called: ClassVar[str] = "requested"

    words: Short


@dataclass(frozen=True, kw_only=True)
class NoRequest(Move):
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
    words: Short
    days: Days


@dataclass(frozen=True, kw_only=True)
class Spoken(Move):
    """One phone: request and answer were said aloud."""


@dataclass(frozen=True, kw_only=True)
class Plan(Move):
    """When …, then …, by a day at most two weeks away."""

    consent: ClassVar[bool] = True

    cue: Half
    act: Half
    days: Days


@dataclass(frozen=True, kw_only=True)
class NoPlan(Move):
    """No plan is needed."""


@dataclass(frozen=True, kw_only=True)
class Agree(Move):
    """Whether that plan is what helps."""

    consent: ClassVar[bool] = True

    agree: bool


# Closing.


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
    """One phone: we have read them to each other."""


@dataclass(frozen=True, kw_only=True)
class Swap(Move):
    """Now the other."""

    unsent: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class EndHere(Move):
    """This was enough for today."""
