"""When two are free: by examples, and against what counting every minute finds."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from drills.slots import case, counted, looked_for
from nearer.calendars.free import DAY, FAR, HOUR, Hours, Part, Piece, free_of, half_of, minute_of, proposed
from nearer.testing.examples import examples

BERLIN, AUCKLAND, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland"), ZoneInfo("UTC")
MONDAY = minute_of(datetime(2026, 11, 30, tzinfo=UTC))
DAYS = Hours(wakes=8 * HOUR, sleeps=22 * HOUR, energy=(1, 2, 3))


def free(
    hours: Hours = DAYS, zone: ZoneInfo = UTC_ZONE, busy: tuple[tuple[int, int], ...] = ()
) -> list[Piece]:
    return free_of(hours, zone, busy, (MONDAY, MONDAY + FAR))


def test_random_pairs_of_lives_find_what_counting_finds() -> None:
    chance = random.Random(7)

    for _ in range(examples(60)):
        made_up = case(chance)
        assert looked_for(*made_up) == counted(*made_up)


def test_the_best_is_when_the_tireder_has_most_energy_then_the_soonest() -> None:
    morning = Hours(wakes=8 * HOUR, sleeps=22 * HOUR, energy=(3, 2, 1))

    found = proposed(free(), free(morning), 60, MONDAY)

    assert [slot.starts.isoformat()[5:16] for slot in found] == ["11-30T12:00", "12-01T12:00", "12-02T12:00"]
    assert {slot.energy for slot in found} == {2}


def test_a_stretch_loses_a_quarter_of_an_hour_at_both_ends() -> None:
    only = ((MONDAY - DAY, MONDAY + 18 * HOUR), (MONDAY + 19 * HOUR + 30, MONDAY + FAR))
    shorter = ((MONDAY - DAY, MONDAY + 18 * HOUR), (MONDAY + 19 * HOUR + 29, MONDAY + FAR))

    assert [slot.begin - MONDAY for slot in proposed(free(busy=only), free(), 60, MONDAY)] == [18 * HOUR + 15]
    assert [slot.minutes for slot in proposed(free(busy=shorter), free(), 60, MONDAY)] == [20]


def test_a_time_begins_on_a_quarter_of_an_hour_where_one_fits() -> None:
    tight = ((MONDAY - DAY, MONDAY + 18 * HOUR + 5), (MONDAY + 19 * HOUR + 35, MONDAY + FAR))
    wide = ((MONDAY - DAY, MONDAY + 18 * HOUR + 5), (MONDAY + 20 * HOUR, MONDAY + FAR))

    assert proposed(free(busy=tight), free(), 60, MONDAY)[0].begin - MONDAY == 18 * HOUR + 20
    assert proposed(free(busy=wide), free(), 60, MONDAY)[0].begin - MONDAY == 18 * HOUR + 30


def test_where_nothing_is_common_in_two_weeks_twenty_minutes_come_first_and_then_a_longer_look() -> None:
    twenty = ((MONDAY - DAY, MONDAY + 18 * HOUR), (MONDAY + 18 * HOUR + 50, MONDAY + FAR))
    later = ((MONDAY - DAY, MONDAY + 20 * DAY),)

    assert [slot.minutes for slot in proposed(free(busy=twenty), free(), 90, MONDAY)] == [20]
    assert [slot.minutes for slot in proposed(free(busy=later), free(), 90, MONDAY)] == [90, 90, 90]
    assert proposed(free(busy=((MONDAY, MONDAY + FAR),)), free(), 90, MONDAY) == []


def test_two_who_live_far_apart_get_hours_in_which_both_are_awake() -> None:
    found = proposed(free(zone=BERLIN), free(zone=AUCKLAND), 60, MONDAY)

    assert len(found) == 3
    for slot in found:
        for zone in (BERLIN, AUCKLAND):
            assert 8 <= slot.starts.astimezone(zone).hour < 22
            assert 8 <= slot.ends.astimezone(zone).hour <= 22


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_waking_hours_follow_the_clock_over_its_changes(day: date) -> None:
    begin = minute_of(datetime(day.year, day.month, day.day, tzinfo=BERLIN))
    found = free_of(DAYS, BERLIN, (), (begin, begin + DAY + 2 * HOUR))

    local = [
        datetime.fromtimestamp(found[0].begin * 60, BERLIN),
        datetime.fromtimestamp(found[2].end * 60, BERLIN),
    ]
    assert [(each.hour, each.minute) for each in local] == [(8, 0), (22, 0)]


def test_days_may_reach_past_midnight_and_the_small_hours_are_the_evening_before() -> None:
    late = Hours(wakes=16 * HOUR, sleeps=2 * HOUR, energy=(1, 2, 3))
    evening = frozenset({half_of(date(2026, 11, 30), Part.EVENING)})

    found = free_of(late, UTC_ZONE, (), (MONDAY, MONDAY + FAR), evening)

    assert found == [Piece(begin=MONDAY + 17 * HOUR, end=MONDAY + 26 * HOUR, energy=3)]


@pytest.mark.parametrize("wrong", [{"wakes": -1}, {"sleeps": DAY}, {"energy": (0, 1, 2)}, {"energy": (1, 2)}])
def test_what_is_no_day_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        Hours(**wrong)  # type: ignore[arg-type]
