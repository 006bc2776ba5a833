"""When somebody is free, and when two are at the same time. Pure: minutes are whole, and counted from 1970 in UTC.

Free is what is neither A's nor B's: within each one's waking hours, in each one's own zone. A common stretch loses a
quarter of an hour at both ends, for the way; of what is left long enough, the time of day counts in which the tireder
of the two has most energy, then the soonest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import IntEnum

DAY, HOUR = 24 * 60, 60
SHRINK = ROUND = 15
MOST_SLOTS = 3
MICRO = 20  # minutes that are found where nothing longer is
NEAR, FAR = 14 * DAY, 42 * DAY
FIRST_DAY = date(1970, 1, 1)
FREE, PAD, STEP = "free", "pad", 16 * 1024


class Part(IntEnum):
    """A part of a day. What comes before five in the morning belongs to the evening before."""

    MORNING = 0
    AFTERNOON = 1
    EVENING = 2


# From when to when each part lasts, in minutes of its day.
PARTS = {
    Part.MORNING: (5 * HOUR, 12 * HOUR),
    Part.AFTERNOON: (12 * HOUR, 17 * HOUR),
    Part.EVENING: (17 * HOUR, 29 * HOUR),
}
LEAST_ENERGY, MOST_ENERGY = 1, 3

type Span = tuple[int, int]
"""From one minute to another; the second is not in it."""
type Half = tuple[int, int]
"""A part of a day: how many days after the first of 1970, and which part."""


@dataclass(frozen=True, kw_only=True)
class Hours:
    """How somebody's days are, by their own clock.

    Attributes:
        wakes: from which minute of the day there may be something; up to 1,439.
        sleeps: until which; at or before `wakes`, it is the next day's.
        energy: how much there is in the morning, the afternoon and the evening, from 1 to 3.
    """

    wakes: int = 8 * HOUR
    sleeps: int = 22 * HOUR
    energy: tuple[int, int, int] = (1, 2, 3)

    def __post_init__(self) -> None:
        """Refuse what is no day."""
        if not all(0 <= minute < DAY for minute in (self.wakes, self.sleeps)):
            raise ValueError
        if len(self.energy) != len(Part) or not set(self.energy) <= {1, 2, 3}:
            raise ValueError


@dataclass(frozen=True, kw_only=True, order=True)
class Piece:
    """A stretch in which somebody is free.

    Attributes:
        begin: its first minute.
        end: the first one after it.
        energy: how much they have then.
    """

    begin: int
    end: int
    energy: int


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A time that suits both.

    Attributes:
        begin: its first minute, counted from 1970 in UTC.
        minutes: how long it is.
        energy: what the tireder of the two has then, from 1 to 3.
    """

    begin: int
    minutes: int
    energy: int

    @property
    def starts(self) -> datetime:
        """When it begins."""
        return moment(self.begin)

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return moment(self.begin + self.minutes)


def minute_of(at: datetime) -> int:
    """Return the minute that a moment lies in."""
    return int(at.timestamp() // 60)


def moment(minute: int) -> datetime:
    """Return when a minute begins."""
    return datetime.fromtimestamp(minute * 60, UTC)


def half_of(day: date, part: Part) -> Half:
    """Return a part of a day as it is noted."""
    return (day - FIRST_DAY).days, int(part)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same time as stretches that neither meet nor overlap, in order."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if begin >= end:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def free_of(
    hours: Hours, zone: tzinfo, busy: Iterable[Span], span: Span, halves: frozenset[Half] | None = None
) -> list[Piece]:
    """Return when somebody is free, in order.

    Args:
        hours: how their days are.
        zone: where they live.
        busy: when they are not free.
        span: within which time.
        halves: the only parts of days that count, where they named some; None for all.
    """
    awake = sorted(piece for part in _constant(zone, span) for piece in _awake(hours, *part, halves))
    return list(_without(awake, merged(busy)))


def padded(pieces: Iterable[Piece]) -> dict[str, object]:
    """Return when somebody is free as it is sealed: in steps so large that its length does not tell how busy they are."""
    document: dict[str, object] = {
        FREE: [[piece.begin, piece.end, piece.energy] for piece in pieces],
        PAD: "",
    }
    document[PAD] = " " * (-len(json.dumps(document)) % STEP)
    return document


def common(one: Sequence[Piece], other: Sequence[Piece]) -> list[Piece]:
    """Return when both are free, with the energy of whoever has less."""
    found, first, second = [], 0, 0
    while first < len(one) and second < len(other):
        mine, theirs = one[first], other[second]
        begin, end = max(mine.begin, theirs.begin), min(mine.end, theirs.end)
        if begin < end:
            found.append(Piece(begin=begin, end=end, energy=min(mine.energy, theirs.energy)))
        first, second = (first + 1, second) if mine.end <= theirs.end else (first, second + 1)
    return found


def slots(both: Sequence[Piece], minutes: int) -> list[Slot]:
    """Return up to three times of so many minutes, the best first: one of each common stretch.

    Args:
        both: when both are free, in order.
        minutes: at least 1.
    """
    best = (_best(stretch, minutes) for stretch in _stretches(both))
    return sorted((slot for slot in best if slot), key=lambda slot: (-slot.energy, slot.begin))[:MOST_SLOTS]


def proposed(one: Sequence[Piece], other: Sequence[Piece], minutes: int, begin: int) -> list[Slot]:
    """Return up to three times within two weeks; where there is none, twenty minutes; then as long, further ahead.

    Args:
        one: when somebody is free.
        other: when the other is.
        minutes: how long it should be.
        begin: from which minute on.
    """
    for length, ahead in ((minutes, NEAR), (min(minutes, MICRO), NEAR), (minutes, FAR)):
        both = common(_within(one, (begin, begin + ahead)), _within(other, (begin, begin + ahead)))
        if found := slots(both, length):
            return found
    return []


def _within(pieces: Iterable[Piece], span: Span) -> list[Piece]:
    cut = ((max(p.begin, span[0]), min(p.end, span[1]), p.energy) for p in pieces)
    return [Piece(begin=begin, end=end, energy=energy) for begin, end, energy in cut if begin < end]


def _stretches(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield pieces that follow each other without a gap, a stretch at a time."""
    stretch: list[Piece] = []
    for piece in pieces:
        if stretch and stretch[-1].end != piece.begin:
            yield stretch
            stretch = []
        stretch.append(piece)
    if stretch:
        yield stretch


def _best(stretch: Sequence[Piece], minutes: int) -> Slot | None:
    """Return the best time of one stretch; it begins on a quarter of an hour where one fits."""
    first, last = stretch[0].begin + SHRINK, stretch[-1].end - SHRINK - minutes
    if last < first:
        return None
    rounded = -(-first // ROUND) * ROUND
    found = [
        Slot(begin=begin, minutes=minutes, energy=_least(stretch, begin, begin + minutes))
        for begin in (range(rounded, last + 1, ROUND) if rounded <= last else (first,))
    ]
    return max(found, key=lambda slot: (slot.energy, -slot.begin))


def _least(stretch: Sequence[Piece], begin: int, end: int) -> int:
    return min(piece.energy for piece in stretch if piece.begin < end and piece.end > begin)


def _constant(zone: tzinfo, span: Span) -> Iterator[tuple[Span, int]]:
    """Yield stretches in which a zone's clock is equally far from UTC, and how many minutes that is."""
    begin, end = span
    while begin < end:
        offset, known = _offset(zone, begin), begin
        while known < end and _offset(zone, min(known + DAY, end)) == offset:
            known = min(known + DAY, end)
        until = known if known >= end else _change(zone, known, min(known + DAY, end))
        yield (begin, until), offset
        begin = until


def _change(zone: tzinfo, before: int, after: int) -> int:
    """Return the first minute with another offset than `before`; the one of `after` differs."""
    offset = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(zone, middle) == offset else (before, middle)
    return after


def _offset(zone: tzinfo, minute: int) -> int:
    offset = moment(minute).astimezone(zone).utcoffset()
    return int((offset or timedelta()).total_seconds() // 60)


def _awake(hours: Hours, span: Span, offset: int, halves: frozenset[Half] | None) -> Iterator[Piece]:
    begin, end = span[0] + offset, span[1] + offset
    sleeps = hours.sleeps if hours.sleeps > hours.wakes else hours.sleeps + DAY
    days = range(begin // DAY - 1, end // DAY + 1)
    awake = merged((day * DAY + hours.wakes, day * DAY + sleeps) for day in days)
    for day in days:
        for part, (since, until) in PARTS.items():
            if halves is not None and (day, int(part)) not in halves:
                continue
            for up, down in awake:
                first, last = max(begin, day * DAY + since, up), min(end, day * DAY + until, down)
                if first < last:
                    yield Piece(begin=first - offset, end=last - offset, energy=hours.energy[part])


def _without(pieces: Sequence[Piece], busy: Sequence[Span]) -> Iterator[Piece]:
    at = 0
    for piece in pieces:
        begin = piece.begin
        while at < len(busy) and busy[at][1] <= begin:
            at += 1
        seen = at
        while seen < len(busy) and busy[seen][0] < piece.end:
            if begin < busy[seen][0]:
                yield Piece(begin=begin, end=busy[seen][0], energy=piece.energy)
            begin = max(begin, busy[seen][1])
            seen += 1
        if begin < piece.end:
            yield Piece(begin=begin, end=piece.end, energy=piece.energy)
