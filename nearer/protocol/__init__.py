"""The rules of dialogue, and nothing else: no web, no storage, no clock, no chance."""

from nearer.protocol.dialogue import COOLING, FOR_GOOD, OPEN_FOR, QUIET_END, Dialogue
from nearer.protocol.house import HOUSE_MOVES, Leave, Pause, Ready, Resume, TimeUp
from nearer.protocol.modes import Mode
from nearer.protocol.moves import (
    FromDeck,
    IllegalMove,
    Length,
    Move,
    Rating,
    Text,
    Times,
    UnreadableMove,
    decode,
    encode,
    written_in,
)
from nearer.protocol.seats import Both, Seat
from nearer.protocol.words import Words

__all__ = [
    "COOLING",
    "FOR_GOOD",
    "HOUSE_MOVES",
    "OPEN_FOR",
    "QUIET_END",
    "Both",
    "Dialogue",
    "FromDeck",
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
    "Times",
    "UnreadableMove",
    "Words",
    "decode",
    "encode",
    "written_in",
]
