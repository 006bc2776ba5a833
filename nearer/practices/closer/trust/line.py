"""A few own answers over the years as a line, with how uncertain it is.

A straight line by least squares with the 95 % band of its mean (Student's t). One answer is never taken to be more exact
than a step and a half on the scale from 0 to 10, however alike the answers are: what one says on one day wobbles, and how
much these three items do nobody has measured. With fewer than three answers there is no line; whether it goes anywhere is
said from four on, and only where the band of its slope leaves no doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

LEAST, MOST = 0.0, 10.0
LINE_FROM, SAID_FROM = 3, 4
WOBBLE = 1.5
T = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23)
"""Student's t at 97.5 %, by degrees of freedom; beyond the last one it is taken as that."""

type Point = tuple[float, float]  # when, in quarters, and what was said


class Going(StrEnum):
    """Where it goes, as far as that can be said."""

    EARLY = "early"
    GROWS = "grows"
    STEADY = "steady"  # no clear change
    LESS = "less"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line through some answers.

    Attributes:
        middle: its points, one for each answer.
        low: how low it may as well lie there.
        high: how high.
        going: where it goes.
    """

    middle: tuple[Point, ...]
    low: tuple[Point, ...]
    high: tuple[Point, ...]
    going: Going


def line(points: Sequence[Point]) -> Line | None:
    """Return the line through some answers; None while there are too few for one.

    Args:
        points: when, and what was said; no two at the same time.
    """
    count = len(points)
    if count < LINE_FROM:
        return None
    middle_x, middle_y = (sum(each) / count for each in zip(*points, strict=True))
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    slope = sum((x - middle_x) * (y - middle_y) for x, y in points) / spread
    at = {x: middle_y + slope * (x - middle_x) for x, _ in points}
    rest = sqrt(sum((y - at[x]) ** 2 for x, y in points) / (count - 2))
    error = T[min(count - 2, len(T)) - 1] * max(rest, WOBBLE)
    half = {x: error * sqrt(1 / count + (x - middle_x) ** 2 / spread) for x in at}
    return Line(
        middle=tuple((x, _inside(y)) for x, y in at.items()),
        low=tuple((x, _inside(y - half[x])) for x, y in at.items()),
        high=tuple((x, _inside(y + half[x])) for x, y in at.items()),
        going=_going(slope, error / sqrt(spread), count),
    )


def _going(slope: float, error: float, count: int) -> Going:
    if count < SAID_FROM:
        return Going.EARLY
    if abs(slope) <= error:
        return Going.STEADY
    return Going.GROWS if slope > 0 else Going.LESS


def _inside(level: float) -> float:
    return min(MOST, max(LEAST, level))
