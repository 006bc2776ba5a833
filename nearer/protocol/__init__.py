"""The rules of dialogue, and nothing else: no web, no storage, no clock, no chance."""

from nearer.protocol.dialogue import (
    HOUSE_MOVES,
    QUIET_END,
    Dialogue,
    Leave,
    Pause,
    Ready,
    Resume,
    TimeUp,
)
from nearer.protocol.modes import Mode
from nearer.protocol.moves import (
    IllegalMove,
    Length,
    Move,
    Rating,
    Text,
    UnreadableMove,
    decode,
    encode,
)
from nearer.protocol.seats import Both, Seat
from nearer.protocol.words import Words

__all__ = [
    "HOUSE_MOVES",
    "QUIET_END",
    "Both",
    "Dialogue",
    "IllegalMove",
    "Leave",
    "Length",
    "Mode",
    "Move",
    "Pause",
    "Rating",
    "Ready",
    "Resume",
    "Seat",
    "Text",
    "TimeUp",
    "UnreadableMove",
    "Words",
    "decode",
    "encode",
]
