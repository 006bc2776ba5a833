"""The Floor's own parts: finding a topic, feeling whether it is one for today, who goes first, and whose turn is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.part import Held, Once, Part
from nearer.parts.sealed import Sealed
from nearer.parts.steps import Kinds, Step, Steps
from nearer.practices.listening.moves import (
    Coin,
    EndHere,
    Feel,
    Heat,
    More,
    SetTopic,
    Swap,
    TakeTopic,
    Variant,
    Volunteer,
)
from nearer.protocol import Mode, Move, Seat
from nearer.protocol.changing import changed


@dataclass(frozen=True)
class Suggestion:
    """What somebody would like to talk about."""

    seat: Seat
    topic: str
    variant: Variant


@dataclass(frozen=True, kw_only=True)
class Topics(Part):
    """One suggests a topic, the other says yes or suggests something else.

    A suggestion leaves the step as it is, so that what the other is writing meanwhile can still be sent. In
    letters whoever writes decides; on one phone the two have said it aloud.

    Attributes:
        suggested: the last suggestion of each; the very last is the one to be answered.
        taken: the one both want.
    """

    steps: ClassVar[Steps] = {
        "topic": Step(
            either=(SetTopic, TakeTopic),
            letters=Step(holder=(SetTopic,)),
            one_phone=Step(either=(SetTopic,)),
        ),
    }

    stage: str = "topic"
    suggested: tuple[Suggestion, ...] = ()
    taken: Suggestion | None = None

    @property
    def done(self) -> bool:
        """Whether there is a topic."""
        return self.taken is not None

    def open_to(self, seat: Seat) -> Kinds:
        """Suggest, unless one's own suggestion waits for an answer; say yes to the other's."""
        kinds = super().open_to(seat)
        if not self.suggested:
            return kinds - {TakeTopic}
        return frozenset() if self.suggested[-1].seat is seat else kinds

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move."""
        if not isinstance(move, SetTopic):
            return changed(self, taken=self.suggested[-1])
        fresh = Suggestion(seat, move.topic, move.variant)
        if self.mode is not Mode.LIVE:
            return changed(self, taken=fresh)
        return changed(self, suggested=(*(each for each in self.suggested if each.seat is not seat), fresh))

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What was suggested."""
        told = [
            {"topic": each.topic, "variant": each.variant, "mine": each.seat is seat}
            for each in self.suggested
        ]
        return {"suggested": told}


@dataclass(frozen=True, kw_only=True)
class Feeling(Sealed):
    """Both say, sealed, how the topic feels. It is forgotten once it is used: nobody else is to know."""

    shows: ClassVar[bool] = False
    steps: ClassVar[Steps] = {"heat": Step(either=(Heat,))}

    stage: str = "heat"

    def not_yet(self, answer: Any) -> bool:  # Any: see Sealed.not_yet
        """Whether it is no topic for today."""
        return answer is Feel.NOT_TODAY

    @property
    def easy(self) -> bool:
        """Whether it is easy for both."""
        return set(self.answers.given.values()) == {Feel.EASY}


@dataclass(frozen=True, kw_only=True)
class Warm(Held, Once):
    """Letters: a letter about something hard stays shut until its reader has said how that feels today."""

    steps: ClassVar[Steps] = {"warm": Step(other=(Heat,))}

    stage: str = "warm"


@dataclass(frozen=True, kw_only=True)
class Roles(Once):
    """Somebody goes first, or a coin says who."""

    steps: ClassVar[Steps] = {"roles": Step(either=(Volunteer, Coin))}

    stage: str = "roles"


@dataclass(frozen=True, kw_only=True)
class MoreOf(Once):
    """Whether there is more to say. Whoever has the floor knows."""

    steps: ClassVar[Steps] = {"more": Step(holder=(More,))}

    stage: str = "more"


@dataclass(frozen=True, kw_only=True)
class Changing(Once):
    """The other speaks now, or one floor was enough. In letters whoever writes next decides."""

    steps: ClassVar[Steps] = {
        "swap": Step(either=(Swap, EndHere), letters=Step(other=(Swap, EndHere))),
    }

    stage: str = "swap"
