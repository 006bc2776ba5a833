"""Lets practice partners play a room by themselves, both seats of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from nearer.protocol import Dialogue, Move, Seat, TimeUp
from nearer.protocol.partner import Partner, Script, words_of

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
MOMENT = timedelta(seconds=5)
MOST = 160

type Played = list[tuple[Seat | None, Move]]


def rehearse(
    room: type[Dialogue], script: Script[Any], seed: int, *, most: int = MOST, **facts: Any
) -> tuple[Dialogue, Played]:
    """Play one run with a script in each seat, and return its last position and its moves.

    What either could do, and each would leave to a person, is begun by the one whose turn the seed says.
    """
    personas = script.personas
    two = [
        Partner(script=script, persona=personas[(seed + n) % len(personas)], seed=seed * 2 + n, seat=seat)
        for n, seat in enumerate(Seat)
    ]
    log: Played = []
    position, at = room.begin(**facts), NOON
    while not position.over and len(log) < most:
        at += MOMENT
        seat, move, position = _next(position, log, two if (seed + len(log)) % 2 else two[::-1], at)
        log.append((seat, move))
    return position, log


def _next(
    position: Dialogue, log: Played, two: list[Partner[Any]], at: datetime
) -> tuple[Seat | None, Move, Dialogue]:
    for way in (Partner.answer, Partner.begin):
        for partner in two:
            move = way(partner, position, log)
            if move is not None:
                return partner.seat, move, position.play(partner.seat, move, at)
    due = position.due
    if (position.timer is None and position.waiting is None) or due is None:
        raise AssertionError(f"nobody plays on; after {log!r}")
    return None, TimeUp(), position.lapse(due)


def repeated(log: Played) -> list[Move]:
    """Return the moves that say again what the same seat said in its last move of that kind."""
    last: dict[tuple[Seat | None, type[Move]], Move] = {}
    found = []
    for seat, move in log:
        before = last.get((seat, type(move)))
        if before is not None and words_of(move) and words_of(before) == words_of(move):
            found.append(move)
        last[seat, type(move)] = move
    return found
