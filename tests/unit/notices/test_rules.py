"""When somebody is called: at the hour they chose, once a day, and never so that it tells what the other did when."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.notices.rules import LATE, RAREST, Due, Told, Wish, decide, next_hour, opened, own_hour
from nearer.testing.examples import examples

EVENINGS = 1000
BEGIN = datetime(2026, 1, 5, 12, tzinfo=UTC)
ZONES = ("", "America/St_Johns", "Pacific/Auckland")

times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
moments = st.integers(0, 480_000).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
wishes = st.builds(
    Wish, at=times, zone=st.sampled_from(ZONES), quiet_from=times, quiet_until=times, on_time=st.booleans()
)


class Life:
    """Somebody who is called, over many days."""

    def __init__(self, wish: Wish, told: Told | None = None) -> None:
        self.wish, self.told = wish, told or Told()
        self.causes: list[Due] = []
        self.calls: list[datetime] = []

    def comes(self, at: datetime) -> None:
        """Something new is there for them."""
        self.causes.append(Due(ref=uuid4(), at=next_hour(self.wish, self.told, after=at)))

    def agrees(self, hour: datetime) -> None:
        """An hour that both know of is there, such as theirs of the week."""
        if due := own_hour(self.wish, hour):
            self.causes.append(Due(ref=uuid4(), at=due, on_time=True))

    def until(self, moment: datetime) -> None:
        """Let time pass, at each moment at which something is due."""
        while due := sorted({cause.at for cause in self.causes if cause.at <= moment}):
            here = [cause for cause in self.causes if cause.at <= due[0]]
            verdict = decide(self.wish, self.told, here, now=due[0])
            self.causes = [
                replace(cause, at=verdict.put_off or cause.at) if cause in here else cause
                for cause in self.causes
                if cause.ref not in verdict.over
            ]
            self.told = verdict.told
            self.calls += [due[0]] * verdict.calls


def lived(
    wish: Wish, acts: list[datetime], visits: Collection[int] = (), hours: Collection[datetime] = ()
) -> list[datetime]:
    """Return when somebody is called in a thousand days, in which the other did something at these moments.

    Args:
        wish: what they chose.
        acts: when the other did something that is there for them from then on.
        visits: on which days they came by.
        hours: what both agreed on.
    """
    life, left = Life(wish), sorted(acts)
    for hour in hours:
        life.agrees(hour)
    for day in range(EVENINGS):
        end = next_hour(wish, Told(), after=BEGIN + timedelta(days=day)) - timedelta(seconds=1)
        while left and left[0] <= end:
            life.comes(left.pop(0))
        life.until(end + timedelta(seconds=1))
        if day in visits:
            life.told = opened(life.told)
    return life.calls


@pytest.mark.parametrize("zone", ZONES)
def test_no_notice_tells_when_the_other_did_something(zone: str) -> None:
    chance = random.Random(21)
    wish = Wish(at=time(chance.randrange(24), chance.randrange(60)), zone=zone, on_time=True)
    ours = [BEGIN + timedelta(days=week, hours=3) for week in range(0, EVENINGS, 7)]
    windows = [next_hour(wish, Told(), after=BEGIN + timedelta(days=day)) for day in range(EVENINGS + 1)]
    busy = [pair for pair in pairwise(windows) if chance.random() < 0.4]
    visits = {day for day in range(EVENINGS) if chance.random() < 0.3}

    def somewhere() -> list[datetime]:
        return [begin + (end - begin) * chance.random() * 0.999 for begin, end in busy]

    once, again = (lived(wish, somewhere(), visits, ours) for _ in range(2))

    assert once == again, "moved about within their day, the same evenings are told at the same moments"
    kept = {hour for hour in ours if own_hour(wish, hour)}
    daily = set(once) - kept
    assert daily, "and something is told at all"
    assert kept <= set(once), "an hour both agreed on comes as well, whatever else does"
    assert {call.astimezone(wish.here).strftime("%H:%M") for call in daily} <= {wish.hour.strftime("%H:%M")}


def test_nothing_new_is_nothing_told() -> None:
    assert lived(Wish(), []) == []


@settings(max_examples=examples(60))
@given(wishes, st.lists(moments, max_size=8))
def test_once_a_day_at_most_and_never_in_quiet_hours(wish: Wish, acts: list[datetime]) -> None:
    life = Life(wish)
    for act in sorted(acts):
        life.until(act)
        life.comes(act)
    life.until(datetime(2028, 1, 1, tzinfo=UTC))
    days = [call.astimezone(wish.here).date() for call in life.calls]

    assert len(days) == len(set(days))
    assert not any(wish.is_quiet(call) for call in life.calls)
    assert not life.causes, "and none is forgotten"


@given(wishes, moments)
def test_the_next_hour_is_the_one_that_was_chosen(wish: Wish, after: datetime) -> None:
    found = next_hour(wish, Told(), after=after)

    assert after < found <= after + timedelta(days=2)
    day = found.astimezone(wish.here).date()
    # In the night in which clocks go forward an hour may not be there at all: then it is the one after.
    assert found in {
        datetime.combine(each, wish.hour, tzinfo=wish.here) for each in (day, day - timedelta(days=1))
    }


def test_after_three_that_nobody_opened_they_become_rarer_until_somebody_comes_by() -> None:
    told, wish = Told(), Wish()
    gaps = []
    for _ in range(9):
        told = replace(told, unopened=told.unopened + 1)
        gaps.append(told.apart)
    assert gaps == [1, 1, 2, 4, 8, 16, RAREST, RAREST, RAREST]
    assert opened(told).apart == 1

    life = Life(wish)
    for day in range(20):
        life.comes(BEGIN + timedelta(days=day))
        life.until(BEGIN + timedelta(days=day, hours=8))
    since = [(call - BEGIN).days for call in life.calls]
    assert since == [0, 1, 2, 4, 8, 16]


@pytest.mark.parametrize(
    ("wish", "hour", "comes"),
    [
        (Wish(on_time=True), time(21), True),
        (Wish(on_time=True), time(23), False),
        (Wish(on_time=True, muted=True), time(21), False),
        (Wish(), time(21), False),
    ],
    ids=["chosen", "in quiet hours", "muted", "not chosen"],
)
def test_what_has_an_hour_comes_then_for_those_who_chose_so(wish: Wish, hour: time, *, comes: bool) -> None:
    at = datetime.combine(BEGIN.date(), hour, tzinfo=UTC)

    assert (own_hour(wish, at) == at) is comes
    verdict = decide(wish, Told(last=BEGIN.date()), [Due(ref=UUID(int=1), at=at, on_time=True)], now=at)
    assert verdict.calls is comes
    assert verdict.over == {UUID(int=1)}, "it comes at its hour or not at all"
    assert verdict.told == Told(last=BEGIN.date()), "and is not the day's notice"


def test_what_a_machine_that_was_off_has_missed_waits_for_the_next_hour() -> None:
    wish, at = Wish(), BEGIN.replace(hour=19)
    daily, own = Due(ref=UUID(int=1), at=at), Due(ref=UUID(int=2), at=at, on_time=True)

    soon = decide(wish, Told(), [daily], now=at + LATE)
    late = decide(replace(wish, on_time=True), Told(), [daily, own], now=at + LATE + timedelta(minutes=1))

    assert soon.calls
    assert not late.calls
    assert late.over == {own.ref}
    assert late.put_off == at + timedelta(days=1)


def test_while_it_is_muted_nothing_comes_and_nothing_piles_up() -> None:
    verdict = decide(Wish(muted=True), Told(), [Due(ref=UUID(int=1), at=BEGIN)], now=BEGIN)

    assert not verdict.calls
    assert verdict.over == {UUID(int=1)}
    assert verdict.told == Told()


def test_one_notice_speaks_for_whatever_waits() -> None:
    at = BEGIN.replace(hour=19)
    causes = [Due(ref=UUID(int=n), at=at, on_time=n == 3) for n in range(5)]

    verdict = decide(Wish(on_time=True), Told(unopened=1), causes, now=at)

    assert verdict.calls
    assert verdict.over == {cause.ref for cause in causes}
    assert verdict.told == Told(last=at.date(), unopened=2)


def test_a_zone_that_nobody_knows_is_utc() -> None:
    assert Wish(zone="Nowhere/At All").here is UTC
    assert Wish(zone="../etc").here is UTC
