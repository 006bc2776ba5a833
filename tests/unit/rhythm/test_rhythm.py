"""What two people may see of a rhythm, over random lives: hours, seasons, the path, and days together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.protocol import Seat
from nearer.rhythm.rules import (
    DAYS,
    HOURS,
    SEASON,
    TALK,
    Chosen,
    Hour,
    Now,
    Offer,
    Phase,
    Said,
    Season,
    What,
    Wish,
    agreed,
    both_wish,
    days_together,
    first_of,
    next_of,
    said_for,
    season_for,
    suggested,
    this_week,
)
from nearer.testing.examples import examples

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
MONDAY = date(2026, 11, 23)
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
ME, THEM = Seat.HOST, Seat.GUEST
ROOMS = ["needs", "listening", "closer", "time", "support", "conflict"]
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]

SLUGS = st.sampled_from(ROOMS)
DONE = st.dictionaries(SLUGS, st.integers(1, 300).map(lambda ago: MONDAY - ago * DAY))
CHOICES = st.dictionaries(st.integers(0, 20), st.sampled_from([*ROOMS, ""]))
OPEN = st.sets(SLUGS)


def offer(seat: str, by: str, yes: str = "") -> Offer:
    return Offer(
        ref=UUID(int=len(yes) + 1), by=by, hour=Hour(seat=seat, begins=NOW.isoformat(), said_yes=yes)
    )


def weeks_ago(chosen: dict[int, str]) -> dict[date, str]:
    return {MONDAY - ago * WEEK: slug for ago, slug in chosen.items()}


def wish(seat: str, days: float, what: What = What.SEASON) -> Wish:
    return Wish(seat=seat, what=what, since=(NOW + timedelta(days=days)).isoformat())


def season(mine: float, theirs: float) -> Season:
    return Season(since={ME: (NOW + mine * DAY).isoformat(), THEM: (NOW + theirs * DAY).isoformat()})


@settings(max_examples=examples(300))
@given(
    before=CHOICES, after=CHOICES, did=DONE, does=DONE, one=OPEN, other=OPEN, count=st.integers(0, 6)
)  # fmt: skip
def test_no_practice_is_suggested_two_weeks_running_whatever_became_of_the_history(
    before: dict[int, str], after: dict[int, str], did: dict[str, date], does: dict[str, date],
    one: set[str], other: set[str], count: int,
) -> None:  # fmt: skip
    rooms = ROOMS[:count]
    last = this_week(rooms, one, did, weeks_ago({ago + 1: slug for ago, slug in before.items()}), week=MONDAY - WEEK)  # fmt: skip
    # What was chosen for a week stays; anything else may have been taken back or have grown since.
    kept = {1: before[0]} if 0 in before else {}
    chosen = {ago: slug for ago, slug in after.items() if ago > 1} | kept
    found = this_week(rooms, other, does, weeks_ago(chosen), week=MONDAY)
    assert found == "" or found != last
    assert found in {"", *rooms} & {"", *other}


@settings(max_examples=examples(200))
@given(chosen=CHOICES, did=DONE, may=OPEN, named=SLUGS)
def test_what_was_chosen_is_what_the_week_has(
    chosen: dict[int, str], did: dict[str, date], may: set[str], named: str
) -> None:
    assert this_week(ROOMS, may, did, weeks_ago(chosen | {0: named, 1: named}), week=MONDAY) == named
    assert this_week(ROOMS, may, did, weeks_ago(chosen | {0: ""}), week=MONDAY) == ""


@settings(max_examples=examples(60))
@given(may=OPEN.filter(len), start=st.integers(0, 50))
def test_whoever_is_led_meets_every_practice(may: set[str], start: int) -> None:
    done: dict[str, date] = {}
    for number in range(2 * len(ROOMS)):
        week = MONDAY + (start + number) * WEEK
        if slug := this_week(ROOMS, may, done, {}, week=week):
            done[slug] = week
    assert set(done) == may


@settings(max_examples=examples(200))
@given(did=DONE, before=CHOICES, start=st.integers(0, 50))
def test_weeks_in_which_nothing_is_done_lead_on_through_the_practices(
    did: dict[str, date], before: dict[int, str], start: int
) -> None:
    chosen = weeks_ago({ago + 1: slug for ago, slug in before.items()})
    idle = [this_week(ROOMS, set(ROOMS), did, chosen, week=MONDAY + n * WEEK) for n in range(start + 12)]
    assert len(set(idle[start : start + 8])) > 2
    assert set(idle[-6:]) == set(ROOMS)


def test_a_new_pair_begins_with_the_first_practices() -> None:
    weeks = [MONDAY + n * WEEK for n in range(6)]
    path = [this_week(ROOMS, set(ROOMS), {}, {}, week=week, since=MONDAY + 2 * DAY) for week in weeks]
    assert set(path[:2]) == set(ROOMS[:2])
    assert set(path) == set(ROOMS)


def test_what_was_chosen_and_not_done_comes_again_before_the_rest() -> None:
    turn = [this_week(ROOMS, {slug}, {}, {}, week=MONDAY) for slug in ROOMS]
    mine = [slug for slug in turn if slug]
    assert len(mine) == 3
    done = dict.fromkeys(mine, MONDAY - 60 * DAY)
    for slug in mine:
        assert this_week(ROOMS, set(ROOMS), done, weeks_ago({4: slug}), week=MONDAY) == slug
    later = done | {mine[1]: MONDAY - 6 * DAY}
    assert this_week(ROOMS, set(ROOMS), later, weeks_ago({4: mine[1]}), week=MONDAY) == mine[0]


@settings(max_examples=examples(200))
@given(st.sampled_from(DAYS), st.sampled_from(HOURS), st.integers(0, 400), st.sampled_from(ZONES))
def test_an_hour_keeps_its_day_and_time_when_clocks_change(day: int, hour: int, on: int, zone: str) -> None:
    here = ZoneInfo(zone)
    begins = first_of(day, hour, after=NOW.astimezone(here))
    assert NOW < begins <= NOW + WEEK + DAY / 2
    at = (NOW + on * DAY).astimezone(here)
    comes = next_of(begins, since=at)
    assert (comes.weekday(), comes.hour) == (day, hour)
    assert comes >= max(begins, at)
    assert comes.date() - at.date() <= max(WEEK, begins.date() - at.date())


@settings(max_examples=examples(200))
@given(
    st.sampled_from(DAYS),
    st.sampled_from(HOURS),
    st.integers(0, 400 * 24),
    st.sampled_from(list(product(ZONES, ZONES))),
)
def test_both_mean_the_same_moment_wherever_they_live_and_whenever_clocks_change(
    day: int, hour: int, on: int, zones: tuple[str, str]
) -> None:
    here, there = map(ZoneInfo, zones)
    begins = first_of(day, hour, after=NOW.astimezone(here))
    sealed = Hour(seat="host", begins=begins.isoformat(), zone=zones[0])
    at = NOW + on * DAY / 24
    for reader in (here, there):
        midnight = at.astimezone(reader).replace(hour=0, minute=0, second=0)
        comes = next_of(sealed.starts, since=midnight)
        others = [begins + n * WEEK for n in range(70)]  # by the clock of the wall where it was suggested
        assert comes == min(each for each in others if each >= midnight)


@pytest.mark.parametrize(
    "wrong", [{"zone": "Nowhere/Known"}, {"zone": "../etc/passwd"}, {"begins": "soon"}, {"seat": "x"}]
)
def test_what_is_no_hour_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Hour(**{"seat": "host", "begins": NOW.isoformat(), **wrong})


@pytest.mark.parametrize(("seat", "by", "yes"), list(product(Seat, [*Seat, ""], ["", NOW.isoformat()])))
def test_a_yes_counts_from_the_others_hand_alone(seat: Seat, by: str, yes: str) -> None:
    lying = [offer(seat, by, yes)]
    both = bool(yes) and by == seat.other
    assert bool(agreed(lying)) is both
    assert bool(suggested(lying)) is not both


@pytest.mark.parametrize("mine", [None, -30, -1, 0.5])
@pytest.mark.parametrize(
    "kept", [(), (season(-22, -40),), (season(-5, -3),), (season(-22, 0.5), season(-60, -60))]
)
def test_nothing_tells_of_the_others_wish(mine: float | None, kept: tuple[Season, ...]) -> None:
    own = [wish(ME, mine)] if mine is not None else []
    alone = season_for(ME, own, kept, at=NOW)
    for theirs in (-30, -1, 0.5):
        assert season_for(ME, [*own, wish(THEM, theirs)], kept, at=NOW) == alone


@pytest.mark.parametrize(("mine", "theirs"), list(product([-3, 0.2, 0.8], repeat=2)))
def test_a_season_that_has_not_begun_is_each_ones_own_wish_and_no_more(mine: float, theirs: float) -> None:
    found = season_for(ME, [], [season(mine, theirs)], at=NOW)
    if max(mine, theirs) > 0:
        assert found == season_for(ME, [wish(ME, mine)], [], at=NOW)
        assert found.phase is Phase.REST
    else:
        assert found.phase is Phase.RUNS


def test_a_season_runs_is_talked_about_and_then_nothing_is_said_of_it() -> None:
    begun = season(-1, 0)
    phases = {
        days: season_for(THEM, [], [begun], at=NOW + days * DAY).phase
        for days in (0, 20, SEASON.days, (SEASON + TALK).days - 1, (SEASON + TALK).days, 400)
    }
    assert list(phases.values()) == [
        Phase.RUNS, Phase.RUNS, Phase.TALK, Phase.TALK, Phase.REST, Phase.REST,
    ]  # fmt: skip
    over = season_for(THEM, [], [begun], at=NOW + SEASON + TALK)
    assert over == Now(phase=Phase.REST) == season_for(THEM, [], [], at=NOW)


@settings(max_examples=examples(100))
@given(st.lists(st.tuples(st.sampled_from(list(Seat)), st.integers(-3, 3)), max_size=3))
def test_days_show_by_both_wishes_alone(said: list[tuple[Seat, int]]) -> None:
    wishes = list({seat: wish(seat, days, What.TOGETHER) for seat, days in said}.values())
    both = len(wishes) == 2 and all(each.counts <= NOW for each in wishes)
    assert both_wish(What.TOGETHER, [*wishes, wish(ME, -9), wish(THEM, -9)], at=NOW) is both


@settings(max_examples=examples(100))
@given(st.lists(st.integers(-5, 60)))
def test_days_together_are_days_of_the_last_thirty(ago: list[int]) -> None:
    today = NOW.date()
    assert days_together([today - each * DAY for each in ago], today=today) == len(
        {each for each in ago if 0 <= each < 30}
    )


def test_what_was_written_opens_once_both_have() -> None:
    begun = NOW.isoformat()
    mine, theirs = (Said(seat=seat, season=begun, keep=str(seat)) for seat in Seat)
    other = replace(theirs, season=(NOW - 60 * DAY).isoformat())
    assert said_for(ME, begun, [theirs, other]) == (None, None)
    assert said_for(ME, begun, [mine, other]) == (mine, None)
    assert said_for(ME, begun, [mine, theirs]) == (mine, theirs)
    assert said_for(THEM, begun, [mine, theirs]) == (theirs, mine)


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (Hour, {"seat": "x", "begins": NOW.isoformat()}),
        (Hour, {"seat": ME, "begins": "soon"}),
        (Wish, {"seat": ME, "what": "else", "since": NOW.isoformat()}),
        (Season, {"since": {ME: NOW.isoformat()}}),
        (Said, {"seat": ME, "season": ""}),
        (Chosen, {"seat": ME, "week": "2026-11-24", "practice": "needs"}),
    ],
    ids=str,
)
def test_what_is_none_of_these_is_refused(shape: Any, said: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        shape(**said)
