"""PURE: what of the weekly pictures one of the two may see.

Aron, A., Aron, E. N., & Smollan, D. (1992). Inclusion of Other in the Self Scale and the structure of interpersonal
closeness. Journal of Personality and Social Psychology, 63(4), 596-612.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from nearer.protocol import Seat
from nearer.statistics.overlap import ALMOST_ONE

TAKEN_BACK = 0
ENOUGH = 3  # weeks in which both picked, before there is a curve
WEEK = timedelta(days=7)
MORNING = time(6)


@dataclass(frozen=True, kw_only=True)
class Pick:
    """What is sealed of somebody's picture of a week.

    Attributes:
        seat: whose.
        week: the Monday of it, as a date.
        picture: from 1, apart, to 7, almost one; 0 once it was taken back after it had opened.
    """

    seat: str
    week: str
    picture: int

    def __post_init__(self) -> None:
        """Refuse what is no picture of a week."""
        Seat(self.seat)
        if not TAKEN_BACK <= self.picture <= ALMOST_ONE or self.monday != monday_of(self.monday):
            raise ValueError

    @property
    def monday(self) -> date:
        """The first day of its week."""
        return date.fromisoformat(self.week)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is sealed when somebody would like the curve.

    Attributes:
        seat: who.
        since: from when it counts: the morning after they said so.
    """

    seat: str
    since: str

    def __post_init__(self) -> None:
        """Refuse what is no wish."""
        Seat(self.seat), datetime.fromisoformat(self.since)


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week as one of the two sees it.

    Attributes:
        monday: its first day.
        mine: my picture; None for none.
        theirs: the other's; None while it has not opened.
        is_over: whether I took mine back after it had opened, so that none can be picked any more.
    """

    monday: date
    mine: int | None = None
    theirs: int | None = None
    is_over: bool = False

    @property
    def is_open(self) -> bool:
        """Whether both pictures are seen."""
        return self.theirs is not None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What one of the two sees of all of it.

    Attributes:
        now: this week.
        own: my pictures, newest first.
        wishes: from when on I would like the curve; None for not.
        curve: the weeks in which both picked, oldest first; empty for whatever reason there is none.
    """

    now: Week
    own: tuple[Week, ...]
    wishes: datetime | None
    curve: tuple[Week, ...]


def monday_of(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=day.weekday())


def counts_from(at: datetime, zone: tzinfo) -> datetime:
    """Return from when a wish counts that is said now: the next morning, where whoever says it lives."""
    day = at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=zone)


def seen_by(seat: Seat, picks: Iterable[Pick], wishes: Iterable[Wish], *, today: date, at: datetime) -> Seen:
    """Return what one of the two sees.

    Nothing in it differs by what the other picked, or whether, before both have; and where there is no curve, nothing
    in it says why.

    Args:
        seat: whose eyes.
        picks: all pictures of both.
        wishes: who would like the curve.
        today: the day it is where they live.
        at: now.
    """
    by_week: dict[date, dict[Seat, int]] = {}
    for pick in picks:
        by_week.setdefault(pick.monday, {})[Seat(pick.seat)] = pick.picture
    weeks = {monday: _week(monday, picked, seat) for monday, picked in sorted(by_week.items())}
    since = {Seat(wish.seat): datetime.fromisoformat(wish.since) for wish in wishes}
    both = tuple(week for week in weeks.values() if week.is_open)
    wanted = len(since) == len(Seat) and max(since.values()) <= at
    monday = monday_of(today)
    return Seen(
        now=weeks.get(monday, Week(monday=monday)),
        own=tuple(_alone(week) for week in reversed(weeks.values()) if week.mine),
        wishes=since.get(seat),
        curve=both if wanted and len(both) >= ENOUGH else (),
    )  # fmt: skip


def _week(monday: date, picked: dict[Seat, int], seat: Seat) -> Week:
    mine, theirs = picked.get(seat), picked.get(seat.other)
    return Week(
        monday=monday,
        mine=mine or None,
        theirs=theirs if mine and theirs else None,
        is_over=mine == TAKEN_BACK,
    )


def _alone(week: Week) -> Week:
    return Week(monday=week.monday, mine=week.mine)
