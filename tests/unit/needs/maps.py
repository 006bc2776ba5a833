"""Maps and guesses to lay beside each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from nearer.practices.needs.mirror import Side
from nearer.practices.needs.moves import ALL, CARDS, UNSAID, Guess, Map
from nearer.practices.needs.protocol import Needs
from nearer.protocol import Mode, Move, Ready, Seat

HOST, GUEST = Seat
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def row(levels: dict[int, int], rest: int = UNSAID, count: int = ALL) -> tuple[int, ...]:
    """Return a row of levels."""
    return tuple(levels.get(card, rest) for card in range(count))


def map_of(importance: dict[int, int], **more: Any) -> Map:
    """Return a map; `met` and `private` by card, `names` by card."""
    return Map(
        importance=row(importance),
        met=row(more.get("met", {})),
        private=row(more.get("private", {}), 0),
        names=tuple(more.get("names", {}).get(card, "") for card in range(ALL)),
    )


def guess_of(levels: dict[int, int], rest: int = UNSAID) -> Guess:
    """Return a guess."""
    return Guess(levels=row(levels, rest, CARDS))


def side(importance: dict[int, int], guesses: dict[int, int] | None = None, **more: Any) -> Side:
    """Return what one of the two has put in."""
    return Side().mapped(map_of(importance, **more)).guessed(guess_of(guesses or {}))


def played(now: Needs, *moves: tuple[Seat, Move], at: datetime = NOON) -> Needs:
    """Return the position after some moves."""
    for seat, move in moves:
        now = arrived(now.play(seat, move, at))
    return now


def arrived(now: Needs) -> Needs:
    """Return the position once words on their way have reached the other."""
    return now.lapse(now.waiting[1]) if now.waiting else now


def begun(mode: Mode = Mode.LIVE, starter: Seat = HOST) -> Needs:
    """Return a sitting in which everybody who has to has come in."""
    now = Needs.begin(mode=mode, starter=starter)
    for seat in Seat:
        if Ready in now.legal(seat):
            now = now.play(seat, Ready(), NOON)
    return now


def revealed(
    host: Map, guest: Map, *, mode: Mode = Mode.LIVE, guesses: tuple[Guess, Guess] | None = None
) -> Needs:
    """Return a sitting in which both maps and both guesses are in."""
    by_host, by_guest = guesses or (guess_of({}), guess_of({}))
    return played(begun(mode), (HOST, host), (GUEST, guest), (HOST, by_host), (GUEST, by_guest))
