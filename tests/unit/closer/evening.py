"""An evening of Closer, for tests: short ways to a place in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from nearer.practices.closer.moves import Answer, Care, Draw, Next, Respond, Where
from nearer.practices.closer.protocol import Closer
from nearer.protocol import Mode, Move, Ready, Seat

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOST, GUEST = Seat
THANKS = Respond(words="", aloud=True, way=Care.THANK)

type Turn = tuple[Seat, Move]


def begun(mode: Mode = Mode.LIVE, *, practised: int = 0) -> Closer:
    """Both are in the room."""
    position = Closer.begin(mode=mode, practised=practised)
    ready = Seat if mode is Mode.LIVE else [HOST]
    return played(position, *((seat, Ready()) for seat in ready))


def played(position: Closer, *turns: Turn) -> Closer:
    """Play these in order; in letters each arrives before the next, and the guest comes in when called."""
    for seat, move in turns:
        if position.mode is Mode.ASYNC and Ready in position.legal(seat) and not isinstance(move, Ready):
            position = position.play(seat, Ready(), NOON)
        position = position.play(seat, move, NOON)
        while position.waiting is not None:
            position = position.lapse(position.waiting[1])
    return position


def says(words: str) -> Answer:
    """A written answer."""
    return Answer(words=words, aloud=False)


def answered(position: Closer, host: str = "the sea", guest: str = "the hills") -> Closer:
    """A question is drawn, and both answer it."""
    card = f"card-{position.turn}"
    return played(position, (HOST, Draw(card=card)), (HOST, says(host)), (GUEST, says(guest)))


def exchanged(position: Closer) -> Closer:
    """A question is drawn, answered and received, once around."""
    position = answered(position)
    first = GUEST if position.speaker is HOST else HOST
    return played(position, (first, THANKS), (first.other, THANKS))


def wished(position: Closer, host: Where, guest: Where) -> Closer:
    """Both say where to go on."""
    return played(position, (HOST, Next(where=host)), (GUEST, Next(where=guest)))
