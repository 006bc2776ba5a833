"""When somebody is called. PURE: no clock, no storage.

What is new comes at most once a day, at the hour somebody chose, in their own zone. The hour is fixed before
anything happens, so it tells nothing of when the other did something: whatever came since yesterday's hour comes with
today's. What both agreed on, such as a plan or the end of a break, comes at its own hour for those who chose so.

Few notices at hours one chose disturb less than many as they come, and none at all leaves people uneasy (Fitz and
others, Computers in Human Behavior 101, 2019).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = timedelta(days=1)
PATIENT = 3
"""So many notices may stay unopened before they become rarer."""
RAREST = 28
"""Days: more rarely than that nobody is called while something waits."""
LATE = timedelta(hours=1)
"""A notice that is later than that, because the machine was off, waits for the next hour or is dropped."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody chose, for themselves alone.

    Attributes:
        at: the hour of the day.
        zone: where they live, as "Pacific/Auckland"; empty for UTC.
        quiet_from: when their quiet hours begin.
        quiet_until: when they end; the same moment for none.
        on_time: whether what has an hour of its own comes at it.
        muted: whether nothing comes at all.
    """

    at: time = time(19)
    zone: str = ""
    quiet_from: time = time(22)
    quiet_until: time = time(8)
    on_time: bool = False
    muted: bool = False

    @property
    def here(self) -> tzinfo:
        """Their zone; UTC where it is not known."""
        try:
            return ZoneInfo(self.zone) if self.zone else UTC
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return UTC

    def is_quiet(self, moment: datetime) -> bool:
        """Say whether a moment lies in their quiet hours."""
        return self._is_quiet(moment.astimezone(self.here).time())

    @property
    def hour(self) -> time:
        """The hour at which they are called: what they chose, or the end of their quiet hours if it lies within."""
        return self.quiet_until if self._is_quiet(self.at) else self.at

    def _is_quiet(self, at: time) -> bool:
        begins, ends = self.quiet_from, self.quiet_until
        return begins <= at < ends if begins <= ends else at >= begins or at < ends


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody was told so far.

    Attributes:
        last: the day of their last daily notice, where they live.
        unopened: how many came since they were last here.
    """

    last: date | None = None
    unopened: int = 0

    @property
    def apart(self) -> int:
        """How many days lie between two notices: one, and after three that nobody opened twice as many each time."""
        return min(int(2 ** max(0, self.unopened - PATIENT + 1)), RAREST)


@dataclass(frozen=True, kw_only=True)
class Due:
    """One cause whose moment has come.

    Attributes:
        ref: its id.
        at: its moment.
        on_time: whether that is its own hour, and not the daily one.
    """

    ref: UUID
    at: datetime
    on_time: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What becomes of the causes that are due.

    Attributes:
        calls: whether one notice goes out now, for all of them.
        over: the ids of those that are done with, told or not.
        put_off: when the others come up again; None when there are none.
        told: what somebody was told by then.
    """

    calls: bool
    over: frozenset[UUID]
    put_off: datetime | None
    told: Told


def next_hour(wish: Wish, told: Told, *, after: datetime) -> datetime:
    """Return the first moment after another one at which somebody may be called for what is new.

    Args:
        wish: what they chose.
        told: what they were told so far.
        after: the moment; nothing else of it counts but between which two hours it lies.
    """
    day = after.astimezone(wish.here).date() - DAY
    if told.last is not None:
        day = max(day, told.last + timedelta(days=told.apart))
    while (found := _moment(wish, day)) <= after:
        day += DAY
    return found


def own_hour(wish: Wish, hour: datetime) -> datetime | None:
    """Return when somebody is called for what has an hour of its own; None if they are not."""
    return hour if wish.on_time and not (wish.muted or wish.is_quiet(hour)) else None


def decide(
    wish: Wish, told: Told, causes: Iterable[Due], *, now: datetime, is_together: bool = False
) -> Verdict:
    """Say what becomes of the causes that are due: whatever their number, one notice or none.

    Args:
        wish: what somebody chose.
        told: what they were told so far.
        causes: those whose moment has come.
        now: the moment.
        is_together: whether they are here with somebody just now: that is as quiet as their quiet hours.
    """
    due = list(causes)
    is_quiet = wish.muted or is_together or wish.is_quiet(now)
    daily = [cause for cause in due if not cause.on_time]
    fresh = [cause for cause in due if now - cause.at <= LATE and not is_quiet]
    called = [cause for cause in fresh if cause.on_time] if wish.on_time else []
    may = told.last is None or now.astimezone(wish.here).date() >= told.last + timedelta(days=told.apart)
    comes = may and any(not cause.on_time for cause in fresh)
    waits = bool(daily) and not (comes or wish.muted)
    over = frozenset(cause.ref for cause in due if not (waits and cause in daily))
    if comes:
        told = replace(told, last=now.astimezone(wish.here).date(), unopened=told.unopened + 1)
    return Verdict(
        calls=comes or bool(called),
        over=over,
        put_off=next_hour(wish, told, after=now) if waits else None,
        told=told,
    )


def opened(told: Told) -> Told:
    """Return what somebody was told, once they have been here."""
    return replace(told, unopened=0)


def _moment(wish: Wish, day: date) -> datetime:
    return datetime.combine(day, wish.hour, tzinfo=wish.here).astimezone(UTC)
