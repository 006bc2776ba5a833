"""Half-days by the clocks of two people: an evening here may be an afternoon there. PURE."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nearer.practices.ourtime.moves import PARTS, SLOTS, Free

HOUR, DAY, A_QUARTER = 60, 24 * 60, 15
BEGINS, ENDS = (8, 12, 17), (12, 17, 22)
"""From which hour until which a morning, an afternoon and an evening are meant."""
USUAL = (10, 15, 19)
"""The hour that is put forward of each, where it suits both."""


@dataclass(frozen=True, kw_only=True)
class Shared:
    """A time that lies in one half-day of either.

    Attributes:
        halves: which of each, counted from the first morning.
        ahead: by how many minutes the clock of each is ahead of UTC.
        begin: its first minute in UTC, counted from the midnight before the first morning.
        end: the first one after it.
    """

    halves: tuple[int, int]
    ahead: tuple[int, int]
    begin: int
    end: int

    def by(self, which: int) -> tuple[int, int, int]:
        """Return by the clock of one of the two on which day it is, in which part of it, and at which minute it could begin."""
        day, part = divmod(self.halves[which], PARTS)
        first, last = (each + self.ahead[which] - day * DAY for each in (self.begin, self.end - HOUR))
        return day, part, max(first, min(USUAL[part] * HOUR, last))


def common(one: Free, other: Free) -> tuple[Shared, ...]:
    """Return the first times that both have free for an hour at least, each in another half-day of either."""
    found: dict[int, Shared] = {}
    for here in _free(one):
        best = max((_shared(one, here, other, there) for there in _free(other)), key=_length, default=None)
        if best and _length(best) >= HOUR:
            found.setdefault(best.halves[1], best)
    return tuple(found.values())[:SLOTS]


def _free(row: Free) -> Iterator[int]:
    return (n for n, is_free in enumerate(row.halves) if is_free)


def _shared(one: Free, here: int, other: Free, there: int) -> Shared:
    ahead = one.clock * A_QUARTER, other.clock * A_QUARTER
    spans = [_span(half, minutes) for half, minutes in zip((here, there), ahead, strict=True)]
    begin, end = max(span[0] for span in spans), min(span[1] for span in spans)
    return Shared(halves=(here, there), ahead=ahead, begin=begin, end=end)


def _span(half: int, ahead: int) -> tuple[int, int]:
    day, part = divmod(half, PARTS)
    return day * DAY + BEGINS[part] * HOUR - ahead, day * DAY + ENDS[part] * HOUR - ahead


def _length(shared: Shared) -> int:
    return shared.end - shared.begin
