"""What can be said and done in With You: the parts' moves, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from nearer.parts.moves import Agree, Check, Cheer, Clarify, Enough, Nod, Said, Short, Speak, Spoken
from nearer.protocol import FromDeck, Length, Move

__all__ = [
    "Agree", "Attend", "Begin", "Check", "Cheer", "Clarify", "Enough", "Go", "Heart", "Hold", "Idea", "Landed", "Lighten", "More",
    "NoIdea", "Nod", "Offer", "Said", "Speak", "Spoken", "Stop", "Touch", "Want", "Way", "Welcome", "Wish",
]  # fmt: skip


class Wish(StrEnum):
    """What would help now: the seven cards, by their id in the deck."""

    LISTEN = "listen"
    COMFORT = "comfort"
    THINK = "think"
    LIGHT = "light"
    QUIET = "quiet"
    KNOW = "know"
    GLAD = "glad"


class Way(StrEnum):
    """The ways to answer what was told. None of them is advice."""

    BACK = "back"  # say back what was heard
    SENSE = "sense"  # the feeling makes sense
    ASK = "ask"  # one open question
    THANK = "thank"  # thank you for telling me


class Touch(StrEnum):
    """Comfort without words. The first is none."""

    NONE = "none"
    BESIDE = "beside"  # sit beside me
    HAND = "hand"  # hold my hand
    SHOULDER = "shoulder"  # a hand on my shoulder
    HUG = "hug"
    HEART = "heart"  # at a distance: a hand on one's own heart, both in the same minute


class More(StrEnum):
    """Where the seeker goes on, beside saying more."""

    TOUCH = "touch"  # comfort without words
    TALK = "talk"  # I would like to say something after all
    ENOUGH = "enough"  # thank you, that is enough


class Landing(StrEnum):
    """How it was, as the seeker says it: it landed, or not quite and more of something. No rating of anybody."""

    LANDED = "landed"
    LISTEN = "listen"
    COMFORT = "comfort"
    THINK = "think"
    LIGHT = "light"
    QUIET = "quiet"
    ENOUGH = "enough"  # not quite, and enough for now


@dataclass(frozen=True, kw_only=True)
class Want(Move):
    """What would help me now. Whoever says it is the one the other is there for."""

    unsent: ClassVar[bool] = True

    wish: Wish


@dataclass(frozen=True, kw_only=True)
class Offer(Move):
    """I am here for you: now the other says what would help."""


@dataclass(frozen=True, kw_only=True)
class Attend(Said):
    """How I take it in."""

    called: ClassVar[str] = "attended"

    way: Way


@dataclass(frozen=True, kw_only=True)
class Welcome(Move):
    """Ideas are welcome now. Before this there is no way to give one."""


@dataclass(frozen=True, kw_only=True)
class Idea(Said):
    """One idea, put as a question."""

    called: ClassVar[str] = "suggested"

    words: Short


@dataclass(frozen=True, kw_only=True)
class NoIdea(Move):
    """I have none just now, and I am here."""


@dataclass(frozen=True, kw_only=True)
class Go(Move):
    """Where I would like to go on."""

    to: More


@dataclass(frozen=True, kw_only=True)
class Hold(Move):
    """Which comfort without words I would like; none is the first answer."""

    touch: Touch


@dataclass(frozen=True, kw_only=True)
class Heart(Move):
    """Letters: a hand on the heart, both in the same minute, so many minutes from now."""

    minutes: Annotated[int, Length(1, 24 * 60)]


@dataclass(frozen=True, kw_only=True)
class Begin(Move):
    """Now: both screens breathe together from a moment that both know."""


@dataclass(frozen=True, kw_only=True)
class Stop(Move):
    """That is enough of it, at once. Nobody is shown whose it was."""

    way_out: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Lighten(Move):
    """Something light to do together, or another one in its place."""

    deals: ClassVar[str] = "card"

    card: Annotated[str, Length(0, 60), FromDeck()]


@dataclass(frozen=True, kw_only=True)
class Landed(Move):
    """Whether it landed, or what there could be more of."""

    how: Landing
