"""What a wish for the third level becomes: it counts if whoever has it switched that level on, and not at night.

Whatever was in the way is neither stored nor shown: they stay on their level, as when the other wished so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from nearer.bonds.place import Place
from nearer.practices.closer.moves import Next, Where
from nearer.protocol import Move
from nearer.sittings.letters.night import is_night
from nearer.sittings.switched import Switch

THIRD = Switch.named("closer-third-on")


def settle(place: Place, move: Move, *, at: datetime) -> Move:
    """Return the move as it counts.

    Args:
        place: whoever makes it.
        move: what they make.
        at: now.
    """
    if not isinstance(move, Next) or move.where is not Where.THIRD:
        return move
    counts = THIRD.is_on(place, place.seat) and not is_night(at)
    return move if counts else replace(move, where=Where.SAME)
