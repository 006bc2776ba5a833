"""The usual range: between which values answers lie most of the time, around each moment.

Around a moment lie the answers of some steps before and after it. Of these the middle four fifths are the range, and it is
never narrower than one step of the scale: no answer is more exact than that. Where there are too few, there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nearer.statistics.trend import ENOUGH, Point

NEAR = 6.0
LOW, HIGH = 0.1, 0.9
STEP = 1.0


@dataclass(frozen=True, kw_only=True)
class Range:
    """The usual range at a moment.

    Attributes:
        when: the moment.
        low: its lower end.
        high: its upper end.
    """

    when: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in it."""
        return self.low <= value <= self.high


def usual(points: Sequence[Point], moments: Sequence[float], *, within: tuple[float, float]) -> list[Range]:
    """Return the usual range at each of some moments around which there are at least eight answers.

    Args:
        points: all answers, whoever gave them.
        moments: for which.
        within: the ends of the scale, beyond which no range goes.
    """
    import numpy as np  # only where somebody looks at a range: it takes its time to load

    found = []
    for moment in moments:
        near = [said for when, said in points if abs(when - moment) <= NEAR]
        if len(near) >= ENOUGH:
            low, high = (float(each) for each in np.quantile(near, (LOW, HIGH)))
            wider = max(0.0, STEP - (high - low)) / 2
            least, most = within
            found.append(Range(when=moment, low=max(least, low - wider), high=min(most, high + wider)))
    return found
