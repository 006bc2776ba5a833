"""PURE: somebody's own answers over time as a small drawing: each a dot, and, once there are eight, a line with its band.

The band holds every line that Theil and Sen's interval allows, and is never narrower than a step and a half to either side:
what one says on one day wobbles, and how much answers like these do nobody has measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from nearer.statistics.trend import Going, Point, Trend, trend

LEAST, MOST = 0.0, 10.0
WOBBLE = 1.5
WIDE, HIGH, EDGE = 320, 120, 12


@dataclass(frozen=True, kw_only=True)
class Growth:
    """A drawing.

    Attributes:
        label: what was answered.
        dots: where each answer stands.
        line: the points of the line; empty before there are eight answers.
        band: the outline of its band.
        going: where it goes, as far as that can be said.
        ends: what stands at the top and at the bottom; None for the words of a reading.
    """

    label: str
    dots: list[tuple[str, str]]
    line: str
    band: str
    going: Going
    ends: tuple[str, str] | None = None


def growth(label: str, points: Sequence[Point], ends: tuple[str, str] | None = None) -> Growth:
    """Return some answers as a drawing.

    Args:
        label: what was answered.
        points: when, and what was said, oldest first; no two at the same time.
        ends: what stands at the top and at the bottom, where these are other words than a reading's.
    """
    found = trend(points)
    first, last = (points[0][0], points[-1][0]) if points else (0.0, 0.0)

    def at(when: float, level: float) -> tuple[str, str]:
        across = (when - first) / (last - first) if last > first else 0.5
        down = 1 - min(MOST, max(LEAST, level)) / MOST
        return f"{EDGE + across * (WIDE - 2 * EDGE):.1f}", f"{EDGE + down * (HIGH - 2 * EDGE):.1f}"

    line, band = "", ""
    if found:
        middle = median(when for when, _ in points)
        stations = [first, middle, last]
        low, high = zip(*(_limits(found, when, middle) for when in stations), strict=True)
        line = " ".join(",".join(at(when, found.at(when))) for when in (first, last))
        outline = [*zip(stations, low, strict=True), *reversed([*zip(stations, high, strict=True)])]
        band = " ".join(",".join(at(when, level)) for when, level in outline)
    dots = [at(when, level) for when, level in points]
    going = found.going if found else Going.EARLY
    return Growth(label=label, dots=dots, line=line, band=band, going=going, ends=ends)


def _limits(found: Trend, when: float, middle: float) -> tuple[float, float]:
    """Return between which levels the line may as well lie at a time."""
    ends = [found.at(middle) + slope * (when - middle) for slope in (found.low, found.high)]
    return min(ends) - WOBBLE, max(ends) + WOBBLE
