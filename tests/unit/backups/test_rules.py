"""When a backup is due, and how long it lives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nearer.backups.rules import Kept, is_due, outlived_keys, outlived_records

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("made", "failed", "due"),
    [
        (None, None, True),  # never yet
        (NOON - 8 * HOUR, None, False),  # at four in this night
        (NOON - 10 * HOUR, None, True),  # at two: that was for yesterday
        (NOON - 8 * DAY, None, True),  # the machine was off
        (None, NOON - HOUR / 2, False),
        (None, NOON - HOUR, True),
        (NOON - 9 * HOUR, NOON - 10 * HOUR, False),
    ],
)
def test_it_is_due_once_a_night_and_an_hour_after_a_failure(
    made: datetime | None,
    failed: datetime | None,
    due: bool,  # noqa: FBT001
) -> None:
    assert is_due(made, failed, at=NOON) is due


def test_before_three_the_night_is_the_last_one() -> None:
    assert not is_due(NOON - 9 * HOUR, None, at=NOON + 14 * HOUR)
    assert is_due(NOON - 9 * HOUR, None, at=NOON + 15 * HOUR)


def kept(*days_ago: float) -> list[Kept]:
    return [Kept(NOON - DAY * each, f"{each} days ago") for each in days_ago]


def test_records_of_fourteen_days_stay_however_long_ago_those_were() -> None:
    every = kept(*range(100, 120), 100.1, 100.2)

    gone = outlived_records(every)

    assert sorted(each.name for each in gone) == sorted(f"{days} days ago" for days in range(114, 120))


def test_a_key_store_stays_for_seven_days_and_not_one_longer() -> None:
    assert outlived_keys(kept(0, 6.99, 7, 8), at=NOON) == kept(7, 8)
    assert outlived_keys(kept(40), at=NOON) == kept(40)
