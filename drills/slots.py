"""Common times against brute force: random calendars in random zones, minute by minute, clock changes among them."""

from __future__ import annotations

import random
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import numpy as np
from numpy.typing import NDArray

from drills.figures import Figure, Ground, at_least, exactly, told
from nearer.calendars.free import (
    DAY,
    FAR,
    HOUR,
    MICRO,
    NEAR,
    Half,
    Hours,
    Slot,
    Span,
    free_of,
    minute_of,
    proposed,
)

ZONES = (
    "UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/St_Johns", "America/Los_Angeles",
    "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Lord_Howe", "Australia/Sydney",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Casablanca",
    "America/Santiago", "Asia/Tehran", "Africa/Cairo",
)  # fmt: skip
# Days before clocks change somewhere, and one on which they do not.
BEGINS = tuple(
    minute_of(datetime(*day, 9, 7, tzinfo=UTC))
    for day in ((2026, 3, 20), (2026, 4, 1), (2026, 10, 20), (2026, 10, 30), (2027, 1, 10), (2027, 2, 20))
)

type Minutes = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Life:
    """One person's days, made up."""

    hours: Hours
    zone: str
    busy: list[Span]
    halves: frozenset[Half] | None


def drill(ground: Ground) -> list[Figure]:
    """Look for common times in as many random pairs of lives, and compare each with what counting finds."""
    chance, cases = random.Random(518), ground.size(short=150, long=10_000)
    wrong, found, changes = 0, 0, 0
    for _ in range(cases):
        one, other, minutes, begin = case(chance)
        seen = looked_for(one, other, minutes, begin)
        wrong += seen != counted(one, other, minutes, begin)
        found += bool(seen)
        changes += any(_changes(life.zone, begin) for life in (one, other))
    return [
        told("pairs of lives", cases),
        exactly("in which another time was found than by counting", wrong, 0),
        at_least("in which a time was found", found, cases // 2),
        at_least("in which a clock changed within six weeks", changes, cases // 4),
    ]


def case(chance: random.Random) -> tuple[Life, Life, int, int]:
    """Make up two lives, how long they look for, and when they begin to look."""
    begin = chance.choice(BEGINS) + chance.randrange(DAY)
    minutes = chance.choice((20, 30, 45, 60, 90, 180, 400))
    return life(chance, begin), life(chance, begin), minutes, begin


def life(chance: random.Random, begin: int) -> Life:
    """Make up one person's days."""
    hours = Hours(
        wakes=chance.randrange(DAY), sleeps=chance.randrange(DAY),
        energy=(chance.randint(1, 3), chance.randint(1, 3), chance.randint(1, 3)),
    )  # fmt: skip
    busy = []
    for _ in range(chance.choice((0, 3, 20, 120))):
        since = begin + chance.randrange(-DAY, FAR)
        busy.append((since, since + chance.choice((0, 7, 30, 60, 480, DAY, 3 * DAY))))
    if chance.random() < 0.1:
        busy.append((begin - DAY, begin + chance.choice((NEAR, NEAR - HOUR, FAR))))
    days = range(begin // DAY - 1, begin // DAY + 16)
    halves = None
    if chance.random() < 0.3:
        halves = frozenset((day, part) for day in days for part in range(3) if chance.random() < 0.3)
    return Life(hours=hours, zone=chance.choice(ZONES), busy=busy, halves=halves)


def looked_for(one: Life, other: Life, minutes: int, begin: int) -> list[Slot]:
    """Return what the product finds."""
    first, second = (
        free_of(each.hours, zoneinfo.ZoneInfo(each.zone), each.busy, (begin, begin + FAR), each.halves)
        for each in (one, other)
    )
    return proposed(first, second, minutes, begin)


def counted(one: Life, other: Life, minutes: int, begin: int) -> list[Slot]:
    """Return the same, found by asking every minute."""
    energy = np.minimum(_energies(one, begin), _energies(other, begin))
    for length, ahead in ((minutes, NEAR), (min(minutes, MICRO), NEAR), (minutes, FAR)):
        if found := _in(energy[:ahead], length, begin):
            return found
    return []


def _in(energy: Minutes, length: int, begin: int) -> list[Slot]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (energy > 0).astype(np.int64), [0]))))
    best = []
    for since, until in edges.reshape(-1, 2):
        starts = [
            at for at in range(int(since), int(until)) if at - since >= 15 and until - at - length >= 15
        ]
        round_ones = [at for at in starts if (begin + at) % 15 == 0]
        tried = [(-int(energy[at : at + length].min()), at) for at in round_ones or starts]
        best.extend([min(tried)] if tried else [])
    return [Slot(begin=begin + at, minutes=length, energy=-less) for less, at in sorted(best)[:3]]


def _energies(life: Life, begin: int) -> Minutes:
    """Return how much energy there is in each minute; none where they sleep or are busy."""
    local = _local(life.zone, begin // DAY)[begin % DAY : begin % DAY + FAR]
    clock, wakes, sleeps = local % DAY, life.hours.wakes, life.hours.sleeps
    up = (clock >= wakes) & (clock < sleeps) if wakes < sleeps else (clock >= wakes) | (clock < sleeps)
    parts = np.select([clock < 5 * HOUR, clock < 12 * HOUR, clock < 17 * HOUR], [2, 0, 1], 2)
    energy = np.where(up, np.array(life.hours.energy)[parts], 0)
    if life.halves is not None:
        halves = (local - 5 * HOUR) // DAY * 3 + parts
        energy[~np.isin(halves, [day * 3 + part for day, part in life.halves])] = 0
    for since, until in life.busy:
        energy[max(since - begin, 0) : max(until - begin, 0)] = 0
    return energy


@cache
def _local(zone: str, day: int) -> Minutes:
    """Return what a zone's clock shows in each minute of seven weeks; no clock changes within a quarter of an hour."""
    there = zoneinfo.ZoneInfo(zone)
    quarters = range(day * DAY, day * DAY + FAR + DAY, 15)
    offsets = [_offset(there, at) for at in quarters]
    minutes = np.arange(day * DAY, day * DAY + FAR + DAY, dtype=np.int64)
    return minutes + np.repeat(np.array(offsets, dtype=np.int64), 15)


def _offset(zone: zoneinfo.ZoneInfo, minute: int) -> int:
    offset = datetime.fromtimestamp(minute * 60, zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) // 60


def _changes(zone: str, begin: int) -> bool:
    there = zoneinfo.ZoneInfo(zone)
    return _offset(there, begin) != _offset(there, begin + FAR)
