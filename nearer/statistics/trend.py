"""Where somebody's own answers go over time: the line of Theil and Sen, and Kendall's test of whether there is one.

The line is the median of the slopes between all pairs of answers, which a few odd days do not bend (Theil 1950, Sen 1968).
Whether it goes anywhere is asked of Kendall's rank correlation alone. Both are SciPy's. With fewer than eight answers
nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

ENOUGH = 8
DOUBT = 0.05
"""How likely chance alone may be to look as clear as what is called a direction."""

type Point = tuple[float, float]  # when, in steps of one's own choice, and what was said


class Going(StrEnum):
    """Where it goes, as far as that can be said."""

    EARLY = "early"
    GROWS = "grows"
    STEADY = "steady"  # no clear change
    LESS = "less"


@dataclass(frozen=True, kw_only=True)
class Trend:
    """The line through some answers.

    Attributes:
        slope: per step of time.
        low: the lower end of the 95 % interval of the slope.
        high: its upper end.
        start: where the line lies at time 0.
        p: how likely chance alone is to look as clear as this, by Kendall's test; 1 where all answers are the same.
    """

    slope: float
    low: float
    high: float
    start: float
    p: float

    def at(self, when: float) -> float:
        """Return where the line lies at a time."""
        return self.start + self.slope * when

    @property
    def going(self) -> Going:
        """Where it goes."""
        if self.p >= DOUBT or self.slope == 0:
            return Going.STEADY
        return Going.GROWS if self.slope > 0 else Going.LESS


def trend(points: Sequence[Point]) -> Trend | None:
    """Return the line through some answers; None while there are fewer than eight.

    Args:
        points: when, and what was said; no two at the same time.
    """
    if len(points) < ENOUGH:
        return None
    from scipy import stats  # only where somebody looks at a line: it takes its time to load

    when, said = ([float(each) for each in row] for row in zip(*points, strict=True))
    line = stats.theilslopes(said, when)
    p = 1.0 if len(set(said)) == 1 else float(stats.kendalltau(when, said).pvalue)
    return Trend(
        slope=float(line.slope), low=float(line.low_slope), high=float(line.high_slope),
        start=float(line.intercept), p=p,
    )  # fmt: skip


def going(points: Sequence[Point]) -> Going:
    """Return where answers go: too early to say before there are eight."""
    found = trend(points)
    return found.going if found else Going.EARLY
