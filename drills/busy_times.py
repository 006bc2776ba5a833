"""Busy times in random lives: whatever one does while the other is not free, the other is sent the same, in the same size."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from drills.figures import Figure, Ground, at_least, at_most, exactly, told
from drills.slots import Life, case
from nearer.calendars.free import DAY, FAR, HOUR, Piece, Span, free_of, merged, padded, proposed


def drill(ground: Ground) -> list[Figure]:
    """Live so many lives twice: she differs in all she does while he is asleep, busy, or wants nothing."""
    chance, lives = random.Random(47), ground.size(short=150, long=10_000)
    differ, most, found, told_more = 0, 0, 0, 0
    sizes = set()
    for _ in range(lives):
        hers, his, minutes, begin = case(chance)
        free = _free(his, begin)
        others = replace(hers, busy=[*_within(hers.busy, free), *_elsewhere(chance, begin, free)])
        one, other = (_free(each, begin) for each in (hers, others))
        seen, again = (proposed(each, free, minutes, begin) for each in (one, other))
        differ += seen != again
        most = max(most, len(seen))
        found += bool(seen)
        told_more += one != other
        sizes |= {len(json.dumps(padded(each))) for each in (one, other)}
    return [
        told("lives", lives),
        exactly("lives in which he was sent something else", differ, 0),
        at_most("times he was sent at once", most, 3),
        exactly("sizes of what waits until he looks", len(sizes), 1),
        at_least("lives in which he was sent anything", found, lives // 2),
        at_least("lives in which she had been free at other times", told_more, lives // 2),
    ]


def _free(life: Life, begin: int) -> list[Piece]:
    return free_of(life.hours, ZoneInfo(life.zone), life.busy, (begin, begin + FAR), life.halves)


def _within(busy: Iterable[Span], free: Iterable[Piece]) -> Iterator[Span]:
    spans = merged(busy)
    for piece in free:
        for since, until in spans:
            if max(since, piece.begin) < min(until, piece.end):
                yield max(since, piece.begin), min(until, piece.end)


def _elsewhere(chance: random.Random, begin: int, free: Iterable[Piece]) -> Iterator[Span]:
    """Make up when she is busy, all of it while he is not free."""
    edges = [begin - DAY, *(edge for piece in free for edge in (piece.begin, piece.end)), begin + FAR]
    gaps = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    for since, until in gaps:
        start = chance.randrange(since, until)
        if chance.random() < 0.5:
            yield start, min(until, start + chance.randrange(1, 4 * HOUR))
