"""Which question it is that grew from the two's own talks: the house knows them, and they hold no words of anybody's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from secrets import choice

from nearer.bonds.place import Place
from nearer.practices.ourtime import talk
from nearer.practices.ourtime.moves import Ours
from nearer.protocol import Move
from nearer.records import keeping
from nearer.records.shelf import Shelf


def settle(place: Place, move: Move, *, at: datetime) -> Move:
    """Return the move with one of them, if there still is one; of another kind, as it is."""
    if not isinstance(move, Ours):
        return move
    several = talk.grown(keeping.gather(Shelf.of_bond(place), *talk.kinds()), place)
    return replace(move, question=choice(several)) if several else move
