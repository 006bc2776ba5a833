"""Quiet hints about what somebody is about to say, for its author alone. Nothing is held back by one."""

from __future__ import annotations

from nearer.parts.advice import Hint, received
from nearer.practices.support.moves import Attend
from nearer.protocol import Move


def hint(move: Move) -> Hint | None:
    """Say what its author might want to look at once more before it goes.

    Args:
        move: what is about to be played.

    Returns:
        One hint at most.
    """
    return received(move.words) if isinstance(move, Attend) else None
