"""What calendars and Our Time keep, planted for the tests of the copy: each returns how the data and the page tell of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils import timezone

from nearer.calendars import entries, own
from nearer.calendars.free import Hours, Part
from nearer.practices.ourtime import films
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.rules import Outing
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, Person


def same(canary: str) -> tuple[str, str]:
    return canary, canary


def _calendar(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    hand = Shelf.at_hand(person.user.pk, person.ring)
    calendar = own.Calendar(address=f"https://{canary}/a", busy=[[29_000_000, 29_000_060]], until=29_500_000)
    keeping.put(hand, own.CALENDAR, calendar, at=timezone.now())
    return "2025-02-19T21:20:00+00:00", f"https://{canary}/a"


def _days(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    own.say_days(Shelf.at_hand(person.user.pk, person.ring), Hours(wakes=437), at=timezone.now())
    return same("07:17")


def _halves(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    tapped = [(date(2031, 2, 3), Part.EVENING)]
    own.tap(Shelf.at_hand(person.user.pk, person.ring), tapped, at=timezone.now())
    return same("2031-02-03")


def _entry(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    starts = datetime(2031, 2, 3, 4, 5, tzinfo=UTC)
    entries.add(person.at(pair.bond), starts=starts, minutes=60, at=timezone.now())
    return same("2031-02-03T04:05")


def _wishes(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    wishes.add(person.at(pair.bond), canary, at=timezone.now())
    return same(canary)


def _date(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    dates.offer(person.at(pair.bond), Outing(seat=person.at(pair.bond).seat, act=canary), at=timezone.now())
    return same(canary)


def _film(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    films.add(person.at(pair.bond), canary, at=timezone.now())
    return same(canary)


OWN = {"calendar": _calendar, "calendar-days": _days, "calendar-halves": _halves}
SHARED = {
    "calendar-entry": _entry, "time-wishes": _wishes, "time-date": _date, "time-film": _film,
}  # fmt: skip
