"""One sealed sentence each; once both are in, either closes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Any, ClassVar, Self

from nearer.protocol import Both, Dialogue, Length, Mode, Move, Seat


@dataclass(frozen=True, kw_only=True)
class Tell(Move):
    """One good thing about today."""

    sealed: ClassVar[bool] = True

    words: Annotated[str, Length(1, 80)]


@dataclass(frozen=True, kw_only=True)
class Close(Move):
    """That was it."""


@dataclass(frozen=True, kw_only=True)
class Harbour(Dialogue):
    """A position in the Harbour."""

    slug: ClassVar[str] = "harbour"
    moves: ClassVar[frozenset[type[Move]]] = frozenset({Tell, Close})
    modes: ClassVar[tuple[Mode, ...]] = (Mode.LIVE, Mode.ONE)

    told: Both[str] = field(default_factory=Both)
    closed: bool = False

    def open_to(self, seat: Seat) -> frozenset[type[Move]]:
        """Tell once; close when both have told."""
        if self.told.complete:
            return frozenset({Close})
        return frozenset({Tell}) if self.told.waiting_for(seat) else frozenset()

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return where the move leads."""
        if isinstance(move, Tell):
            return replace(self, told=self.told.put(seat, move.words))
        return replace(self, closed=True)

    def shown_to(self, seat: Seat) -> dict[str, Any]:
        """What this seat may see."""
        return {"told": self.told.seen_by(seat)}

    def scene(self) -> tuple[bool]:
        """Whether both have told."""
        return (self.told.complete,)

    @property
    def done(self) -> bool:
        """Whether one of them closed."""
        return self.closed


DIALOGUE = Harbour
