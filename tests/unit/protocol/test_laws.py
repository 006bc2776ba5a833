"""The laws catch what a room must not do."""

from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any, ClassVar, Self

import pytest

from nearer.protocol import IllegalMove, Mode, Move, Seat, TimeUp
from nearer.testing.laws import LawBroken, keep_the_laws, replay_law
from tests.unit.protocol.rooms import Close, Exchange, Hourglass, Tell, Wave


def test_a_good_room_keeps_them() -> None:
    walk = keep_the_laws(Exchange)

    assert walk.finished
    assert {Tell, Wave, Close, TimeUp} <= walk.played


def test_a_room_with_a_timer_keeps_them() -> None:
    keep_the_laws(Hourglass)


@pytest.mark.parametrize("room", [Exchange, Hourglass])
def test_a_good_room_replays(room: type[Exchange]) -> None:
    replay_law(room)()


class Leaky(Exchange):
    def shown_to(self, seat: Seat) -> dict[str, Any]:
        return {"told": [tell.words for tell in self.told.given.values()]}


class Telltale(Exchange):
    """Says that the other has answered."""

    def shown_to(self, seat: Seat) -> dict[str, Any]:
        return {"answered": not self.told.waiting_for(seat.other)}


class Restless(Exchange):
    def scene(self) -> tuple[Any, ...]:
        return (len(self.told.answers),)


class Loud(Exchange):
    """A wave moves it on."""

    def scene(self) -> tuple[Any, ...]:
        return (self.told.complete, self.waves)


class Stuck(Exchange):
    def open_to(self, seat: Seat) -> frozenset[type[Move]]:
        return frozenset() if self.told.complete else super().open_to(seat)


class Endless(Exchange):
    @property
    def done(self) -> bool:
        return False


class Unreachable(Exchange):
    def open_to(self, seat: Seat) -> frozenset[type[Move]]:
        return super().open_to(seat) - {Wave}


class Greedy(Exchange):
    """Takes a name of the house."""

    def shown_to(self, seat: Seat) -> dict[str, Any]:
        return {"over": False}


class Chancy(Exchange):
    """Two plays of the same move differ."""

    plays: ClassVar = count(1)

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        return replace(super().after(seat, move, at), waves=next(self.plays))


class Mutable(Exchange):
    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        object.__setattr__(self, "waves", 7)
        return super().after(seat, move, at)


class Jealous(Exchange):
    """A wave shuts the other up."""

    def open_to(self, seat: Seat) -> frozenset[type[Move]]:
        return frozenset({Wave}) if self.waves and not self.told.complete else super().open_to(seat)


class Opaque(Exchange):
    def shown_to(self, seat: Seat) -> dict[str, Any]:
        return {"told": self.told}


class Careless(Exchange):
    """On one phone, what one told alone lies on the table before the other has told theirs."""

    modes: ClassVar = (Mode.ONE,)

    def open_to(self, seat: Seat) -> frozenset[type[Move]]:
        return frozenset({Close}) if self.told.answers else super().open_to(seat)


class Wordy(Exchange):
    """Makes a new text of what was said."""

    def shown_to(self, seat: Seat) -> dict[str, Any]:
        told = {s: "".join(tell.words) for s, tell in self.told.seen_by(seat).items()}
        return {"told": told, "waves": self.waves}


class Choosy(Exchange):
    """What was said decides where it leads."""

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        closes = isinstance(move, Tell) and not move.words.startswith("§")
        return replace(super().after(seat, move, at), closed=closes or isinstance(move, Close))


@pytest.mark.parametrize(
    ("room", "broken"),
    [
        (Wordy, "new text"),
        (Choosy, "leads elsewhere"),
        (Leaky, "before both"),
        (Telltale, "before both"),
        (Restless, "scene"),
        (Loud, "scene"),
        (Stuck, "way on"),
        (Endless, "never be finished"),
        (Unreachable, "can never be played"),
        (Greedy, "name of the house"),
        (Chancy, "chance"),
        (Mutable, "changed in place"),
        (Jealous, "what is open"),
        (Careless, "open on the table"),
    ],
)
def test_a_bad_room_is_caught(room: type[Exchange], broken: str) -> None:
    with pytest.raises(LawBroken, match=broken):
        keep_the_laws(room)


def test_a_view_of_anything_but_plain_data_is_caught() -> None:
    with pytest.raises(TypeError):
        keep_the_laws(Opaque)


class Lax(Exchange):
    """Once played, lets anything through."""

    def play(self, seat: Any, move: Move, at: datetime) -> Self:  # type: ignore[misc]  # on purpose
        try:
            return super().play(seat, move, at)
        except IllegalMove:
            return self


def test_a_room_that_lets_anything_through_is_caught() -> None:
    with pytest.raises(LawBroken, match="not open"):
        keep_the_laws(Lax)


def test_a_log_that_tells_another_story_is_caught() -> None:
    with pytest.raises(LawBroken, match="another story"):
        replay_law(Chancy)()
