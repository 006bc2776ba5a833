"""The moves that every practice has, whatever its rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nearer.protocol.moves import Move


@dataclass(frozen=True, kw_only=True)
class Ready(Move):
    """I am here, and willing."""

    unsent: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Pause(Move):
    """I need a moment."""


@dataclass(frozen=True, kw_only=True)
class Resume(Move):
    """I am back."""


@dataclass(frozen=True, kw_only=True)
class Leave(Move):
    """I am stopping here. Always allowed, never needs a reason."""


@dataclass(frozen=True, kw_only=True)
class TimeUp(Move):
    """A time that was set has passed. Nobody's move: it is played with no seat."""


HOUSE_MOVES: frozenset[type[Move]] = frozenset({Ready, Pause, Resume, Leave, TimeUp})
