"""What a yes at the gate becomes: it counts if whoever says it has switched One Thing on, and not at night.

Whatever was in the way is neither stored nor shown: both see that it is for another time, and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from nearer.bonds.place import Place
from nearer.practices.onething import switch
from nearer.practices.onething.moves import Gate, GateAloud
from nearer.protocol import Move, Seat
from nearer.sittings.letters.night import is_night


def settle(place: Place, move: Move, *, at: datetime) -> Move:
    """Return the move as it counts.

    Args:
        place: whoever makes it.
        move: what they make.
        at: now.
    """
    if not isinstance(move, Gate | GateAloud):
        return move
    # On one phone they said it aloud for both, and each must have switched it on from their own account.
    needed = (place.seat,) if isinstance(move, Gate) else tuple(Seat)
    # All of it is asked each time, so that how long an answer takes tells nothing of what was in the way.
    asked = [*[switch.is_on(place, seat) for seat in needed], not is_night(at)]
    return replace(move, ready=move.ready and all(asked))
