"""Whether both are ready, said under seal; it is asked before they begin, and when a break is over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.sealed import Sealed
from nearer.practices.onething.moves import BackAloud, GateAloud
from nearer.protocol import Move, Seat


@dataclass(frozen=True, kw_only=True)
class BothReady(Sealed):
    """Both say, sealed, whether they are ready; on one phone they say it aloud.

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
        """Whether both have said."""
        return self.aloud is not None or super().done

    @property
    def opens(self) -> bool:
        """Whether both are ready."""
        return bool(self.aloud) if self.aloud is not None else super().opens

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part with an answer in it."""
        if isinstance(move, GateAloud | BackAloud):
            return replace(self, aloud=move.ready)
        return super().after(seat, move, at)
