"""The time by which things end is not taken in by a clock that is set wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nearer import clock

NOON = datetime(2026, 6, 17, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class World:
    """Time that passes, and what the machine says it is.

    Args:
        monkeypatch: puts them in the place of the real ones.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.time, self.wrong = timedelta(), timedelta()
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + self.time + self.wrong)
        monkeypatch.setattr(clock, "passed", lambda: self.time)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch)


def started(folder: Path) -> clock.Clock:
    """Return the clock of a process that has just been started."""
    made = clock.Clock()
    made.start(folder)
    return made


def test_before_it_is_started_it_says_what_the_machine_says(world: World) -> None:
    made = clock.Clock()
    world.wrong = -400 * DAY

    assert made.now() == NOON - 400 * DAY


@pytest.mark.parametrize("passes", [MINUTE, 3 * DAY, 90 * DAY])
def test_time_that_passes_is_believed(tmp_path: Path, world: World, passes: timedelta) -> None:
    made = started(tmp_path)

    world.time += passes

    assert made.now() == NOON + passes


@pytest.mark.parametrize("wrong", [40 * DAY, 11 * DAY, -HOUR, -80 * HOUR, -400 * DAY])
def test_a_leap_is_not_believed_and_time_goes_on(tmp_path: Path, world: World, wrong: timedelta) -> None:
    made = started(tmp_path)

    world.wrong = wrong
    assert made.now() == NOON
    world.time += 20 * MINUTE
    assert made.now() == NOON + 20 * MINUTE

    world.wrong = timedelta()
    assert made.now() == NOON + 20 * MINUTE


@pytest.mark.parametrize(("wrong", "wait"), [(40 * DAY, HOUR), (-80 * HOUR, DAY)])
def test_a_clock_that_stays_is_believed_in_the_end(
    tmp_path: Path, world: World, wrong: timedelta, wait: timedelta
) -> None:
    made = started(tmp_path)
    world.wrong = wrong
    made.now()

    world.time += wait - MINUTE
    assert made.now() == NOON + wait - MINUTE
    world.time += MINUTE

    assert made.now() == NOON + wait + wrong


def test_one_leap_says_nothing_about_the_next(tmp_path: Path, world: World) -> None:
    made = started(tmp_path)
    for wrong in (40 * DAY, timedelta(), 40 * DAY):
        world.wrong = wrong
        made.now()
        world.time += 50 * MINUTE

    assert made.now() == NOON + 150 * MINUTE


@pytest.mark.parametrize("wrong", [40 * DAY, -80 * HOUR])
def test_a_start_with_a_wrong_clock_goes_on_from_where_time_had_come(
    tmp_path: Path, world: World, wrong: timedelta
) -> None:
    started(tmp_path).now()
    world.time += 16 * MINUTE
    started(tmp_path).now()

    world.wrong = wrong

    assert started(tmp_path).now() == NOON + 16 * MINUTE


def test_a_machine_that_was_off_for_a_week_is_believed(tmp_path: Path, world: World) -> None:
    started(tmp_path).now()

    world.wrong = 8 * DAY

    assert started(tmp_path).now() == NOON + 8 * DAY


@pytest.mark.parametrize("left", [b"", b"yesterday", b"2026-06-17T12:00:00", b"\xff"])
def test_a_file_that_cannot_be_read_is_no_file(tmp_path: Path, world: World, left: bytes) -> None:
    (tmp_path / clock.MARK).write_bytes(left)

    assert started(tmp_path).now() == NOON


def test_where_nothing_can_be_written_time_goes_on(tmp_path: Path, world: World) -> None:
    made = started(tmp_path / "nowhere")
    world.time += HOUR

    assert made.now() == NOON + HOUR
