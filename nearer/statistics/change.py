"""Whether an answer to a questionnaire differs from an earlier one by more than such answers wobble.

Jacobson, N. S., & Truax, P. (1991). Clinical significance: A statistical approach to defining meaningful change in
psychotherapy research. Journal of Consulting and Clinical Psychology, 59(1), 12-19.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import fmean

CLEAR = 1.96
"""How many standard errors of the difference are beyond what chance does in 95 of 100 cases."""


class Change(StrEnum):
    """What is said of two answers."""

    UP = "up"
    MAYBE_UP = "maybe up"
    NONE = "none"
    MAYBE_DOWN = "maybe down"
    DOWN = "down"

    @property
    def is_clear(self) -> bool:
        """Whether it is more than a possible change."""
        return self in {Change.UP, Change.DOWN}


@dataclass(frozen=True, kw_only=True)
class Exactness:
    """How exact a questionnaire is.

    Attributes:
        sd: standard deviation of its scores among many people.
        alike: how reliable it is by its inner consistency; it overstates how stable answers are over months.
        stable: how reliable it is over time, which is less.
    """

    sd: float
    alike: float
    stable: float


def standard_error(sd: float, reliability: float) -> float:
    """Return the standard error of measurement: how far one answer lies from what it stands for."""
    return float(sd * sqrt(1 - reliability))


def difference_error(sd: float, reliability: float, *, before: int = 1, after: int = 1) -> float:
    """Return the standard error of the difference between two means.

    Args:
        sd: standard deviation of scores among many people.
        reliability: from 0 to 1.
        before: of how many answers the earlier mean is made.
        after: of how many the later one is.
    """
    return standard_error(sd, reliability) * sqrt(1 / before + 1 / after)


def reliable_change(
    before: Sequence[float], after: Sequence[float], *, sd: float, reliability: float
) -> float:
    """Return the reliable change index: how many standard errors of the difference lie between earlier and later answers."""
    error = difference_error(sd, reliability, before=len(before), after=len(after))
    return (fmean(after) - fmean(before)) / error


def least_clear(sd: float, reliability: float, *, before: int = 1, after: int = 1) -> float:
    """Return the difference in points beyond which a change is called clear."""
    return CLEAR * difference_error(sd, reliability, before=before, after=after)


def change(before: Sequence[float], after: Sequence[float], exact: Exactness) -> Change:
    """Return what may be said: clear by the stricter of the two reliabilities, possible by the other.

    Args:
        before: earlier scores, at least one.
        after: later scores, at least one.
        exact: of their questionnaire.
    """
    strict, loose = sorted((exact.alike, exact.stable))
    if abs(reliable_change(before, after, sd=exact.sd, reliability=loose)) <= CLEAR:
        return Change.NONE
    clear = abs(reliable_change(before, after, sd=exact.sd, reliability=strict)) > CLEAR
    if fmean(after) > fmean(before):
        return Change.UP if clear else Change.MAYBE_UP
    return Change.DOWN if clear else Change.MAYBE_DOWN


@dataclass(frozen=True, kw_only=True)
class Cutoffs:
    """Three ways to say where one group of people ends and another begins; with `c` they are equally likely on both sides.

    Attributes:
        a: two standard deviations above the mean of those who seek help.
        b: two below the mean of those who do not.
        c: between the two means, nearer to the one that varies less.
    """

    a: float
    b: float
    c: float


def cutoffs(seeking: tuple[float, float], others: tuple[float, float]) -> Cutoffs:
    """Return the cut-offs of a questionnaire in which more is better.

    Args:
        seeking: mean and standard deviation of those who seek help.
        others: of those who do not.
    """
    (low, low_sd), (high, high_sd) = seeking, others
    return Cutoffs(
        a=low + 2 * low_sd,
        b=high - 2 * high_sd,
        c=(high_sd * low + low_sd * high) / (high_sd + low_sd),
    )
