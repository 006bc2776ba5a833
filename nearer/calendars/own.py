"""What somebody says of their own time: how their days are, calendars as busy blocks, and half-days they tapped.

All of it lies at its owner's own hand, sealed under a key the other never has. Of a calendar nothing is kept but when it
is busy: no titles, no places, no people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from urllib.parse import urlsplit
from uuid import UUID

from nearer.calendars.free import FAR, FIRST_DAY, Half, Hours, Part, Piece, Span, free_of, merged, minute_of
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf

MOST_CALENDARS = 8
MOST_ADDRESS = 2000
ALL = "all"
AHEAD = 182 * 24 * 60  # minutes that are read of a calendar: half a year
FRESH = 6 * 60
"""For so many minutes what was read at an address counts as what stands there."""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What is sealed of one calendar.

    Attributes:
        address: where it was fetched; empty for a file that was sent.
        busy: begin and end of each busy block, in minutes since 1970 in UTC.
        until: the minute up to which it was read.
        left_out: how many entries could not be read.
        asked: the minute in which its address was last asked in vain; 0 for never.
    """

    address: str = ""
    busy: list[list[int]] = field(default_factory=list)
    until: int = 0
    left_out: int = 0
    asked: int = 0

    @property
    def host(self) -> str:
        """At which host its address is: all that a page shows of it."""
        return urlsplit(self.address).hostname or ""

    @property
    def spans(self) -> list[Span]:
        """When it is busy."""
        return [(begin, end) for begin, end in self.busy]


@dataclass(frozen=True, kw_only=True)
class Days:
    """What is sealed of how somebody's days are: see `nearer.calendars.free.Hours`."""

    wakes: int
    sleeps: int
    energy: list[int]

    def __post_init__(self) -> None:
        """Refuse what is no day."""
        _ = self.hours

    @property
    def hours(self) -> Hours:
        """The same, for the arithmetic."""
        morning, afternoon, evening = self.energy
        return Hours(wakes=self.wakes, sleeps=self.sleeps, energy=(morning, afternoon, evening))


@dataclass(frozen=True, kw_only=True)
class Halves:
    """What is sealed of the half-days somebody tapped: each a day, counted from the first of 1970, and its part."""

    halves: list[list[int]]


CALENDAR = Kind(name="calendar", shape=Calendar)
DAYS = Kind(name="calendar-days", shape=Days)
HALVES = Kind(name="calendar-halves", shape=Halves)
KINDS = (CALENDAR, DAYS, HALVES)


@dataclass(frozen=True, kw_only=True)
class Own:
    """What somebody has said of their own time.

    Attributes:
        at: now.
        calendars: all that are kept, oldest first.
        hours: how their days are.
        halves: the half-days from today on that they tapped.
    """

    at: datetime
    calendars: list[Kept[Calendar]]
    hours: Hours
    halves: frozenset[Half]

    @property
    def current(self) -> list[Kept[Calendar]]:
        """The calendars that say anything of the time to come: one read half a year ago does not."""
        return [kept for kept in self.calendars if kept.document.until > minute_of(self.at)]

    @property
    def stale(self) -> list[Kept[Calendar]]:
        """The calendars with an address that was last asked some hours ago, and may say something else by now."""
        since = minute_of(self.at) - FRESH
        return [
            kept for kept in self.calendars
            if kept.document.address and max(minute_of(kept.at), kept.document.asked) <= since
        ]  # fmt: skip

    @property
    def is_said(self) -> bool:
        """Whether there is anything to look in."""
        return bool(self.current or self.halves)

    def free(self, zone: tzinfo, *, begin: int) -> list[Piece]:
        """Return when this person is free in the six weeks from a minute on.

        Half-days they tapped are then the only ones that count; and after the day up to which a file was read
        nobody knows.
        """
        busy = merged(span for kept in self.current for span in kept.document.spans)
        end = min([begin + FAR, *(kept.document.until for kept in self.current)])
        return free_of(self.hours, zone, busy, (begin, max(begin, end)), self.halves or None)


def own_in(found: Gathered, *, at: datetime, today: date) -> Own:
    """Return what somebody has said, among what was gathered at their own hand."""
    days, halves = found.of(DAYS), found.of(HALVES)
    tapped = {(day, part) for kept in halves for day, part in kept.document.halves}
    return Own(
        at=at, calendars=found.of(CALENDAR), hours=days[-1].document.hours if days else Hours(),
        halves=frozenset(half for half in tapped if half[0] >= (today - FIRST_DAY).days),
    )  # fmt: skip


def own_of(hand: Shelf, *, at: datetime, today: date) -> Own:
    """Return what somebody has said of their own time; one query.

    Args:
        hand: what lies at their own hand.
        at: now.
        today: the day it is where they live.
    """
    return own_in(keeping.gather(hand, *KINDS), at=at, today=today)


def say_days(hand: Shelf, hours: Hours, *, at: datetime) -> None:
    """Keep how somebody's days are."""
    days = Days(wakes=hours.wakes, sleeps=hours.sleeps, energy=list(hours.energy))
    keeping.put(hand, DAYS, days, at=at, about=ALL)


def tap(hand: Shelf, halves: Iterable[tuple[date, Part]], *, at: datetime) -> None:
    """Keep the half-days somebody tapped, in the place of earlier ones; none means that calendars alone count."""
    tapped = sorted([(day - FIRST_DAY).days, int(part)] for day, part in halves)
    if tapped:
        keeping.put(hand, HALVES, Halves(halves=tapped), at=at, about=ALL)
    else:
        keeping.remove(hand, HALVES, hand.row_about(HALVES.name, ALL))


def remove(hand: Shelf, ref: UUID) -> None:
    """Forget a calendar."""
    keeping.remove(hand, CALENDAR, ref)
