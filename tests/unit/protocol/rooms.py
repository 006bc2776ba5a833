"""A small room to try the house with: each answers a sealed question, then either closes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from nearer.protocol import Both, Dialogue, Length, Move, Rating, Ready, Seat

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOST, GUEST = Seat.HOST, Seat.GUEST


def after(**time: float) -> datetime:
    """A moment after noon: `after(minutes=3)`."""
    return NOON + timedelta(**time)


class Colour(StrEnum):
    """Something to choose."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, kw_only=True)
class Tell(Move):
    """A sealed answer with every type of field."""

    sealed: ClassVar[bool] = True

    words: Annotated[str, Length(1, 20)]
    stars: Rating
    colour: Colour
    sure: bool


@dataclass(frozen=True, kw_only=True)
class Wave(Move):
    """A sign beside it."""

    ambient: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Close(Move):
    """That was it."""


@dataclass(frozen=True, kw_only=True)
class Exchange(Dialogue):
    """Both tell, then one closes."""

    slug: ClassVar[str] = "exchange"
    moves: ClassVar[frozenset[type[Move]]] = frozenset({Tell, Wave, Close})

    told: Both[Tell] = field(default_factory=Both)
    waves: int = 0
    closed: bool = False

    def open_to(self, seat: Seat) -> frozenset[type[Move]]:
        if self.told.complete:
            return frozenset({Close})
        return frozenset({Tell, Wave}) if self.told.waiting_for(seat) else frozenset({Wave})

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        match move:
            case Tell():
                return replace(self, told=self.told.put(seat, move))
            case Wave():
                return replace(self, waves=1) if not self.waves else self
        return replace(self, closed=True)

    def shown_to(self, seat: Seat) -> dict[str, Any]:
        return {"told": {s: tell.words for s, tell in self.told.seen_by(seat).items()}, "waves": self.waves}

    def scene(self) -> tuple[Any, ...]:
        return (self.told.complete,)

    @property
    def done(self) -> bool:
        return self.closed


@dataclass(frozen=True, kw_only=True)
class Hourglass(Exchange):
    """The same, with ten minutes a turn."""

    slug: ClassVar[str] = "hourglass"

    rung: int = 0

    @property
    def timer(self) -> datetime | None:
        return self.turn_began and self.turn_began + timedelta(minutes=10)

    @property
    def chimes(self) -> tuple[datetime, ...]:
        return (self.turn_began + timedelta(minutes=9),) if self.turn_began else ()

    def after_time(self, at: datetime) -> Self:
        return replace(self, rung=self.rung + 1, turn_began=at, closed=self.rung == 2)

    def scene(self) -> tuple[Any, ...]:
        return (self.told.complete, self.rung)


@dataclass(frozen=True, kw_only=True)
class Parking(Exchange):
    """Ten minutes in all, then it is over."""

    slug: ClassVar[str] = "parking"

    @property
    def timer(self) -> datetime | None:
        return self.turn_began and self.turn_began + timedelta(minutes=10)


def tell(words: str = "hello") -> Tell:
    """A whole answer."""
    return Tell(words=words, stars=7, colour=Colour.RED, sure=True)


def opened[D: Dialogue](room: type[D], **facts: Any) -> D:
    """The room once both are ready, at noon."""
    return room.begin(**facts).play(HOST, Ready(), NOON).play(GUEST, Ready(), NOON)
