"""Long sittings: what a page of a room costs once many moves have been made in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle

from bench.people import Pair

MOVES = 60
GROWING = (10, 60, 120)
HOST, GUEST = "host", "guest"
WORDS = {"words": "I felt left out on the way home, and said nothing about it"}

type Turn = tuple[str, str, dict[str, str]]


def with_you() -> Iterator[Turn]:
    """Yield a With You in which one goes on telling, and the other goes on listening."""
    yield HOST, "Want", {"wish": "listen"}
    while True:
        yield HOST, "Speak", WORDS
        yield GUEST, "Attend", {"way": "sense", **WORDS}


def closer() -> Iterator[Turn]:
    """Yield a Closer with as many questions as it has, and then with one turned over again and again."""
    for _ in range(3):
        yield HOST, "Draw", {}
        for who in (HOST, GUEST):
            yield who, "Answer", WORDS
        # Who is received first changes from question to question; a move that is not open does nothing.
        for who in (GUEST, HOST, GUEST):
            yield who, "Respond", {"way": "touched", **WORDS}
        for who in (HOST, GUEST):
            yield who, "Next", {"where": "same"}
    for who in cycle((HOST, GUEST)):
        yield who, "Draw", {}


# Rooms whose first step, with all its cards, is the heaviest they have.
HEAVY = ("mirror", "our-time")
ROOMS = {"with-you": with_you, "closer": closer}


def sat_long(pair: Pair, room: str, moves: int = MOVES) -> str:
    """Sit down in a room, and go on until it holds so many moves; return its path."""
    path, made = pair.sit_down(room), 2
    people = {HOST: pair.host, GUEST: pair.guest}
    for who, move, fields in ROOMS[room]():
        if made == moves:
            break
        with suppress(LookupError):
            people[who].send(path, move=move, **fields)
            made += 1
    return path
