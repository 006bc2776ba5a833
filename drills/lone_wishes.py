"""Lone wishes in random lives: whatever one alone would like, and says when, the other finds the same, day after day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from drills.figures import Figure, Ground, at_least, exactly, told
from nearer.practices.ourtime.moves import Level
from nearer.practices.ourtime.wishes.rules import Wishes, common

BEGINS = datetime(2026, 3, 27, tzinfo=UTC)
DAYS, IDEAS = 5, 40
ZONES = (-11, -9.5, -3.5, 0, 1, 5.75, 9, 12.75, 14)
"""Where whoever looks may live, in hours from UTC."""


def drill(ground: Ground) -> list[Figure]:
    """Live so many lives twice: she differs in what he does not want, and in all she says after the day began."""
    chance, lives = random.Random(815), ground.size(short=300, long=10_000)
    differ, common_ones, told_more = 0, 0, 0
    for _ in range(lives):
        his, both = (
            _says(Wishes(seat="guest", said={}), chance, chance.sample(range(IDEAS), 15)),
            chance.randint(0, 2**30),
        )
        hers, others = (_hers(his, random.Random(both), random.Random(chance.random())) for _ in range(2))
        for day in _days(chance):
            one, other = _seen(his, hers, day), _seen(his, others, day)
            differ += one != other
            common_ones += bool(one)
        told_more += hers.said != others.said
    return [
        told("lives", lives),
        exactly("days on which he found something else", differ, 0),
        at_least("days on which both would like something", common_ones, lives),
        at_least("lives in which she had said something else", told_more, lives * 9 // 10),
    ]


def _saying(wishes: Wishes, idea: str, level: Level, at: datetime) -> Wishes:
    return wishes.saying(
        idea, level, at, at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    )


def _says(wishes: Wishes, chance: random.Random, ideas: list[int]) -> Wishes:
    for moment in sorted(chance.random() for _ in range(30)):
        level = Level(chance.randint(0, 3))
        wishes = _saying(wishes, f"{chance.choice(ideas)}", level, BEGINS + moment * timedelta(days=1))
    return wishes


def _hers(his: Wishes, alike: random.Random, alone: random.Random) -> Wishes:
    """Return her wishes: alike where he would like something too, her own where he would not, and later words besides."""
    wanted = [each for each in sorted(his.said) if his.now(each)]
    moments = sorted(alike.random() for _ in wanted)
    spoken = [
        (moment, each, Level(alike.randint(0, 3))) for moment, each in zip(moments, wanted, strict=True)
    ]
    lone = [f"{n}" for n in range(IDEAS) if not his.now(f"{n}")]
    spoken += [(alone.random(), alone.choice(lone), Level(alone.randint(0, 3))) for _ in range(20)]
    wishes = Wishes(seat="host", said={})
    for moment, idea, level in sorted(spoken):
        wishes = _saying(wishes, idea, level, BEGINS + moment * timedelta(days=1))
    # What is said after the last day began that he looks on counts for a day to come.
    for _ in range(5):
        idea, level = f"{alone.randrange(IDEAS)}", Level(alone.randint(0, 3))
        wishes = _saying(wishes, idea, level, BEGINS + timedelta(days=DAYS + 1))
    return wishes


def _days(chance: random.Random) -> Iterator[datetime]:
    zone = timedelta(hours=chance.choice(ZONES))
    for day in range(2, DAYS + 1):
        yield BEGINS + timedelta(days=day) - zone


def _seen(his: Wishes, hers: Wishes, day: datetime) -> list[str]:
    return common(his, hers, day, novelty={f"{n}": n % 4 for n in range(IDEAS)}, done={})
