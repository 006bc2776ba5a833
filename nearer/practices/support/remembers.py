"""What somebody may keep for themselves alone of how they were helped: what was done, and how it landed; no words."""

from __future__ import annotations

from datetime import datetime

from nearer.practices.support.known.keeping import HELPED
from nearer.practices.support.known.rules import Helped
from nearer.practices.support.moves import Landed, Way
from nearer.practices.support.protocol import Support
from nearer.protocol import Move
from nearer.records import keeping
from nearer.records.shelf import Shelf


def remember(drawer: Shelf, move: Move, after: Support, *, at: datetime, once: str) -> None:
    """Keep what was done before the seeker said how it landed."""
    asked_for = after.wish if after.done else after.asked_for
    if isinstance(move, Landed) and asked_for:
        ways = tuple(dict.fromkeys(saying.way for saying in after.all_said if saying.way in list(Way)))
        helped = Helped(wish=asked_for, ways=ways, touches=tuple(dict.fromkeys(after.held)), how=move.how)
        keeping.put(drawer, HELPED, helped, at=at, about=once)
