"""Dates: put forward, agreed, moved without a trace of whom, told of under seal, and never counted against anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from random import Random

import pytest

from nearer.practices.ourtime.dates.rules import (
    NotOpen,
    Outing,
    last_done,
    may_be_weekly,
    minutes_of,
)
from nearer.practices.ourtime.moves import Level, quarter_of
from nearer.practices.ourtime.wishes.rules import Wishes
from nearer.practices.ourtime.wishes.sieve import Sieve
from nearer.protocol import Seat

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HOST, GUEST = Seat
SOON = quarter_of(NOON + DAY)
PUT = Outing(seat="host", act="walk", slots=(SOON, SOON + 8), minutes=60)
AGREED = PUT.accepted(GUEST, SOON)
AFTER = NOON + 2 * DAY


def test_only_the_other_says_yes_and_only_to_a_time_that_was_put_forward() -> None:
    for seat, slot in ((HOST, SOON), (GUEST, SOON + 1), (GUEST, 0)):
        with pytest.raises(NotOpen):
            PUT.accepted(seat, slot)
    with pytest.raises(NotOpen):
        AGREED.accepted(GUEST, SOON)
    assert (AGREED.begins, AGREED.agreed, AGREED.slots) == (SOON, True, ())
    assert Outing(seat="guest", act="walk", cue="it rains").accepted(HOST, 0).agreed


def test_a_date_that_is_moved_says_nothing_of_whose_wish_it_was() -> None:
    moved = AGREED.moved()
    assert moved.is_looking
    assert moved == Outing(seat="guest", act="walk", slots=(SOON,), minutes=60).accepted(HOST, SOON).moved()
    assert moved.offered(GUEST, [SOON + 4]).accepted(HOST, SOON + 4).begins == SOON + 4


def test_how_it_was_is_asked_after_and_opens_when_both_have_said_it() -> None:
    assert not AGREED.asks(HOST, NOON)
    assert AGREED.asks(HOST, AFTER)
    assert not AGREED.asks(HOST, AFTER + 20 * DAY)
    one = AGREED.telling(HOST, ("the lake", 90, True), AFTER)
    assert one.moments(HOST) == ((True, "the lake"),)
    assert (one.moments(GUEST), one.lasted, one.again) == ((), 0, False)
    assert one.asks(GUEST, AFTER) is AGREED.asks(GUEST, AFTER)
    two = one.telling(GUEST, ("the way back", 60, True), AFTER)
    assert two.moments(GUEST) == ((False, "the lake"), (True, "the way back"))
    assert (two.lasted, two.again) == (60, True)
    other_way = AGREED.telling(GUEST, ("the way back", 60, True), AFTER).telling(
        HOST, ("the lake", 90, True), AFTER
    )
    assert two.moments(HOST) == other_way.moments(HOST), "nothing tells who was first"


def test_minutes_count_only_where_both_have_said_them_in_four_weeks() -> None:
    def been(days: int, *minutes: int) -> Outing:
        there = Outing(seat="host", act="walk", begins=quarter_of(NOON - days * DAY), agreed=True)
        for seat, each in zip(Seat, minutes, strict=False):
            there = there.telling(seat, ("", each, False), NOON)
        return there

    assert (
        minutes_of([been(1, 60, 90), been(2, 45), been(3, 30, 0), been(27, 20, 20), been(29, 120, 120)], NOON)
        == 80
    )


def test_an_hour_of_every_week_is_offered_after_two_as_far_as_this_person_has_told() -> None:
    told = [AGREED.telling(HOST, ("", 0, False), AFTER)] * 2
    assert may_be_weekly(told, HOST, AFTER)
    assert not may_be_weekly(told, GUEST, AFTER), "that the other told of them is theirs"
    assert not may_be_weekly(told[:1], HOST, AFTER)
    ahead = Outing(seat="host", act="walk", begins=SOON + 900, agreed=True, weekly=True)
    assert not may_be_weekly([*told, ahead], HOST, AFTER)


def test_when_they_last_did_something_counts_what_this_person_told() -> None:
    done = Outing(seat="host", act="walk", idea="walk", begins=SOON, agreed=True).telling(
        HOST, ("", 0, True), AFTER
    )
    assert last_done([done], HOST) == {"walk": "2026-03-02"}
    assert last_done([done], GUEST) == {}


def test_what_is_no_date_is_refused() -> None:
    for seat, told in (
        ("nobody", {}),
        ("host", {"host": ("x", 9_999, True)}),
        ("host", {"host": ("x", -1, True)}),
    ):
        with pytest.raises(ValueError, match=r".*"):
            Outing(seat=seat, act="walk", told=told)


def saying(wishes: Wishes, level: Level, at: datetime, zone: float = 0) -> Wishes:
    there = (at + timedelta(hours=zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return wishes.saying("walk", level, at, there + DAY - timedelta(hours=zone))


def test_a_wish_counts_from_the_next_day_on_and_until_then_the_one_before_it() -> None:
    wishes = saying(Wishes(seat="host", said={}), Level.LOVE, NOON)
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    assert wishes.by(midnight - DAY) == {}
    assert wishes.by(midnight) == {"walk": 3}
    changed = saying(saying(wishes, Level.OK, midnight + DAY / 3), Level.NO, midnight + DAY / 2)
    assert changed.by(midnight) == {"walk": 3}
    assert changed.by(midnight + DAY) == {"walk": 0}
    assert changed.now("walk") == 0


@pytest.mark.parametrize("seed", range(20))
def test_whoever_says_all_day_long_that_they_are_elsewhere_sees_no_day_come_sooner(seed: int) -> None:
    chance, wishes, mornings = Random(seed), Wishes(seat="host", said={}), set()
    for n in range(400):
        now = NOON + n * timedelta(minutes=25)
        before = wishes.by(now)
        wishes = saying(wishes, Level(n % 4), now, zone=chance.choice((-12, -3.5, 0, 5.75, 14)))
        assert wishes.by(now) == before, "nothing counts as it is said"
        assert len(wishes.said["walk"]) <= 2
        mornings.add(wishes.morning)
    several = sorted(mornings)
    assert min(b - a for a, b in pairwise(several)) >= 4 * 20
    assert max(b - a for a, b in pairwise(several)) <= 4 * 24 * 2
    assert len(several) >= 4


SIEVES = [
    Sieve(), Sieve(cost=0), Sieve(energy=0), Sieve(minutes=30), Sieve(where="in"), Sieve(season="winter"), Sieve(apart=True),
    Sieve(children=True), Sieve(accessible=True),
]  # fmt: skip


def test_a_sieve_lets_through_what_fits_and_what_nobody_said_anything_of() -> None:
    dear = {
        "cost": 2,
        "energy": 1,
        "minutes": 60,
        "where": "out",
        "season": "summer",
        "apart": "no",
        "children": "no",
        "accessible": "no",
    }
    assert not any(each.lets(dear) for each in SIEVES)
    easy = {
        "cost": 0,
        "energy": 0,
        "minutes": 20,
        "where": "either",
        "season": "any",
        "apart": "yes",
        "children": "yes",
        "accessible": "yes",
    }
    assert all(each.lets(easy) and each.lets({}) for each in SIEVES)
    for one, other in combinations(SIEVES, 2):
        assert one != other
