"""What both say under seal, or on one phone aloud; so they say as well whether they are ready."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.moves import Spoken
from nearer.parts.sealed import Sealed
from nearer.practices.onething.moves import BackAloud, GateAloud
from nearer.protocol import Move, Seat


@dataclass(frozen=True, kw_only=True)
class SaidOrSealed(Sealed):
    """Both write, sealed, and it opens; on one phone they say it to each other.

    Attributes:
        spoken: whether it was said aloud by both.
    """

    spoken: bool = False

    @property
    def done(self) -> bool:
        """Whether both are in, or have said it."""
        return self.spoken or super().done

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move."""
        return replace(self, spoken=True) if isinstance(move, Spoken) else super().after(seat, move, at)


@dataclass(frozen=True, kw_only=True)
class BothReady(Sealed):
    """Both say, sealed, whether they are ready; on one phone they say it aloud, and see at once.

    Two yeses open it at once, and are forgotten. Anything else leaves it as it was, until time goes on for both at the hour that
    stood there from the start: so neither what somebody answered, nor that they did, nor when, can be told from what follows.

    Attributes:
        aloud: what they said aloud.
    """

    shows: ClassVar[bool] = False

    aloud: bool | None = None

    def not_yet(self, answer: Any) -> bool:  # Any: see Sealed.not_yet
        """Whether somebody is not ready."""
        return not answer

    @property
    def done(self) -> bool:
        """Whether both are ready, or have said it aloud. Two sealed answers that open nothing are as good as none."""
        return self.aloud is not None or self.opens

    @property
    def opens(self) -> bool:
        """Whether both are ready."""
        return bool(self.aloud) if self.aloud is not None else super().opens

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part with an answer in it."""
        if isinstance(move, GateAloud | BackAloud):
            return replace(self, aloud=move.ready)
        return super().after(seat, move, at)

    def _sealed_by(self, seat: Seat) -> bool:
        return not self.answers.waiting_for(seat)
