"""A list of what is open opens no log of a live sitting, and says what the log would say, now and later."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from nearer.home.rotation import rotate
from nearer.practices.onething.moves import TimeOut
from nearer.protocol import Pause, Ready, Resume
from nearer.sittings.models import Sitting
from nearer.sittings.run import queries
from nearer.sittings.run.log import lapsed
from nearer.sittings.run.queries import Door, Listed
from nearer.testing import clock
from nearer.testing.cast import Pair, Person, play, run_of, start_sitting
from tests.pages.conversations import CALM, Turn, floor_of_host, opening, take_turns
from tests.pages.test_onething import at_place
from tests.pages.test_queries import counting
from tests.unit.onething import evening as e

pytestmark = [pytest.mark.django_db, pytest.mark.begins(clock.NOON)]

LATER = [timedelta(minutes=minutes) for minutes in (0, 19, 21, 29, 31, 46, 79, 81, 101)] + [
    timedelta(hours=hours) for hours in (71, 73, 200)
]


def listed(person: Person, pair: Pair, at: datetime) -> list[Listed]:
    """Return what somebody's Today lists at a moment."""
    return queries.open_sittings(person.at(pair.bond), at=at)


def says_what_the_log_says(pair: Pair, sitting: Sitting) -> None:
    """Compare, for both people, what is listed with what a replay of the log says, now and as time goes on."""
    for person in (pair.host, pair.guest):
        run = run_of(person, sitting)
        for at in (timezone.now() + later for later in LATER):
            position, ready = lapsed(run, at).position, run.position.ready
            doors = {(True, True): Door.RUNS, (True, False): Door.WAITS, (False, True): Door.CALLS}
            door, back = doors[run.seat in ready, run.seat.other in ready], position.back_at
            expected = [(door, back if back and at < back else None, bool(back and back <= at))]
            found = [(each.door, each.back, each.called) for each in listed(person, pair, at)]
            assert found == ([] if position.over else expected), (run.log[-1], at)


def test_each_move_writes_down_what_shows_outside(pair: Pair) -> None:
    sitting = start_sitting(pair, "listening")
    at_door: list[Turn] = [(True, Ready()), (False, Pause()), (False, Resume()), (False, Ready())]
    for turn in (*at_door, *opening("the drive home", CALM), *floor_of_host("a word")):
        take_turns(pair, sitting, turn)
        says_what_the_log_says(pair, sitting)


def test_a_break_shows_outside_as_long_as_it_lasts(pair: Pair) -> None:
    sitting = at_place(pair, e.TO_THE_WAYS[:13])
    says_what_the_log_says(pair, sitting)
    play(pair.guest, sitting, TimeOut(minutes=30))
    says_what_the_log_says(pair, sitting)
    assert {len(listed(pair.host, pair, timezone.now() + later)) for later in LATER} == {0, 1}


def test_no_log_is_opened(pair: Pair) -> None:
    sitting = start_sitting(pair, "listening")
    for person in (pair.host, pair.guest):
        play(person, sitting, Ready())

    with counting() as count:
        assert [each.door for each in listed(pair.host, pair, timezone.now())] == [Door.RUNS]
    assert not [sql for sql in count.sql if "sittings_entry" in sql]


def test_under_a_new_key_the_log_tells(pair: Pair) -> None:
    sitting = start_sitting(pair, "listening")
    play(pair.host, sitting, Ready())
    rotate(pair.host.at(pair.bond))
    pair.bond.refresh_from_db()

    assert [each.door for each in listed(pair.guest, pair, timezone.now())] == [Door.CALLS]
