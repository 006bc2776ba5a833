"""What time does in One Thing: three quarters of an hour, a second break, three days with a clock change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from nearer.parts.moves import EndHere, Speak
from nearer.practices.onething.chapters.resting import DEFAULT, PATIENT
from nearer.practices.onething.moves import Return, TimeOut
from nearer.practices.onething.pacing import TALK
from nearer.practices.onething.protocol import OneThing
from nearer.protocol import Mode, Pause, Resume, Seat
from tests.unit.onething.evening import GUEST, HOST, MINUTE, NOON, back, begun, both, heard, played

BREAK = TimeOut(minutes=20)
READY = both(Return(ready=True))


def test_three_quarters_of_an_hour_are_enough_at_a_stretch() -> None:
    long = begun().lapse(NOON + TALK)

    assert begun().due == NOON + TALK
    assert long.stage == "long"
    assert all(long.legal(seat) >= {TimeOut, EndHere} for seat in Seat)
    assert not any(Speak in long.legal(seat) for seat in Seat)
    assert long.play(GUEST, EndHere(), NOON + TALK).stage == "note"


def test_after_it_they_go_on_where_they_were_at_the_time_they_chose() -> None:
    rest = begun().lapse(NOON + TALK).play(GUEST, TimeOut(minutes=60), NOON + TALK + MINUTE)
    home = rest.lapse(rest.due or NOON)
    again = played(home, *READY, at=NOON + 2 * TALK + timedelta(hours=1))

    assert again.stage == begun().stage
    assert again.due == NOON + 3 * TALK + timedelta(hours=1)


def test_neither_a_pause_nor_a_break_counts_as_talking() -> None:
    at = NOON + 10 * MINUTE
    position = played(begun(), *back(GUEST), at=at)
    assert position.due == NOON + TALK
    paused = position.play(HOST, Pause(), at).play(HOST, Resume(), at + 30 * MINUTE)
    assert paused.due == NOON + TALK + 30 * MINUTE
    rested = played(position.play(HOST, BREAK, at).lapse(at + 20 * MINUTE), *READY, at=at + 25 * MINUTE)
    assert rested.due == at + 25 * MINUTE + TALK


def test_a_second_break_within_an_hour_is_the_last_one_for_today() -> None:
    def twice(first: Seat, then: Seat, after: timedelta) -> OneThing:
        back_again = played(
            begun().play(first, BREAK, NOON).lapse(NOON + 20 * MINUTE), *READY, at=NOON + 21 * MINUTE
        )
        assert back_again.view(then)["rested"], "so whoever asks for a second one can know what it comes to"
        rest = back_again.play(then, BREAK, NOON + after)
        assert not any(Speak in rest.legal(seat) for seat in Seat)
        # Nothing is gone on from there, so nobody needs it longer.
        assert any(TimeOut in rest.legal(seat) for seat in Seat) == (after > timedelta(hours=1))
        return rest.lapse(rest.due or NOON)

    assert {twice(first, then, 50 * MINUTE).expired for first in Seat for then in Seat} == {True}
    assert str(twice(HOST, GUEST, 50 * MINUTE).view(HOST)) == str(twice(HOST, HOST, 50 * MINUTE).view(HOST))
    assert twice(HOST, GUEST, 61 * MINUTE).stage == "back"


def test_three_days_with_breaks_late_returns_a_renewal_and_the_hour_that_comes_twice() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    # The night on which the clocks are put back: a break of a day is 24 hours, which is 22:30 then.
    called = datetime(2026, 10, 24, 23, 30, tzinfo=berlin).astimezone(UTC)
    position = begun().play(GUEST, TimeOut(minutes=24 * 60), called)
    day = called + timedelta(days=1)
    assert position.due == day
    assert day.astimezone(berlin).hour == 22
    position = position.lapse(day)
    # One of them is not ready: one more break; then both come back, late on the next day.
    position = played(position, (HOST, Return(ready=True)), (GUEST, Return(ready=False)), at=day + MINUTE)
    assert position.stage == "back"
    position = position.lapse(day + PATIENT)
    assert position.stage == "rest"
    position = position.lapse(day + PATIENT + DEFAULT)
    late = day + PATIENT + DEFAULT + PATIENT - MINUTE
    position = played(position, *READY, at=late)
    assert position.stage == begun().stage
    assert position.came_back
    # The server's clock is put back by an hour: nothing ends sooner by it.
    position = played(position, *back(GUEST), at=late - timedelta(hours=1))
    assert not position.over
    assert position.due == late - timedelta(hours=1) + TALK
    assert played(heard(), at=NOON).due == NOON + TALK


def test_letters_have_no_such_clock() -> None:
    assert OneThing.begin(mode=Mode.ASYNC).timer is None
