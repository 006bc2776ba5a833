"""PURE: the curve of two people's weekly pictures as a sentence, and how long a stretch of it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from nearer.closeness.picture.rules import WEEK, Week
from nearer.statistics.overlap import ALMOST_ONE, APART
from nearer.statistics.trend import Going, Point, going
from nearer.statistics.usual import Range, usual


class Over(StrEnum):
    """How long a stretch is looked at."""

    MONTHS = "months"  # three of them
    YEAR = "year"
    ALL = "all"


WEEKS = {Over.MONTHS: 12, Over.YEAR: 52}
PAUSE = 8 * WEEK


class Says(StrEnum):
    """What the sentence says of where the two lines go."""

    EARLY = "early"
    CLOSER = "growing"
    STEADY = "steady"
    APART = "apart"
    ONE_CLOSER = "one growing"
    ONE_APART = "one apart"
    DIFFER = "differ"


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A stretch of the curve.

    Attributes:
        weeks: the weeks in which both picked, oldest first.
        begins: the first Monday of the stretch.
        ends: the last.
        says: where the two lines go.
        usual: the usual range of the two.
        now: whether the last week lies in it; None where nothing can be said.
    """

    weeks: tuple[Week, ...]
    begins: date
    ends: date
    says: Says
    usual: tuple[Range, ...]
    now: bool | None

    @property
    def paused(self) -> date | None:
        """The last week in which both picked, if that is months ago."""
        last = self.weeks[-1].monday if self.weeks else self.ends
        return last if self.ends - last > PAUSE else None


def curve(weeks: Sequence[Week], over: Over, *, monday: date) -> Curve:
    """Return a stretch of the curve, up to this week.

    Args:
        weeks: all weeks in which both picked, oldest first.
        over: how long.
        monday: of this week.
    """
    earliest = monday - WEEKS[over] * WEEK if over in WEEKS else date.min
    shown = tuple(week for week in weeks if earliest <= week.monday <= monday)
    mine = [(_number(week.monday), float(week.mine or 0)) for week in shown]
    theirs = [(_number(week.monday), float(week.theirs or 0)) for week in shown]
    moments = [when for when, _ in mine]
    ranges = usual([*mine, *theirs], moments, within=(APART, ALMOST_ONE))
    return Curve(
        weeks=shown,
        begins=shown[0].monday if shown else monday,
        ends=monday,
        says=_says(mine, theirs),
        usual=tuple(ranges),
        now=_inside(ranges, mine, theirs),
    )


def day_of(number: float) -> date:
    """Return the Monday that a moment of the curve stands for."""
    return date.min + timedelta(weeks=number)


def _number(monday: date) -> float:
    return (monday - date.min).days / 7


def _says(mine: Sequence[Point], theirs: Sequence[Point]) -> Says:
    ways = {going(mine), going(theirs)}
    if Going.EARLY in ways:
        return Says.EARLY
    if {Going.GROWS, Going.LESS} <= ways:
        return Says.DIFFER
    if Going.GROWS in ways:
        return Says.ONE_CLOSER if Going.STEADY in ways else Says.CLOSER
    if Going.LESS in ways:
        return Says.ONE_APART if Going.STEADY in ways else Says.APART
    return Says.STEADY


def _inside(ranges: Sequence[Range], mine: Sequence[Point], theirs: Sequence[Point]) -> bool | None:
    if not ranges or ranges[-1].when != mine[-1][0]:
        return None
    return all(ranges[-1].holds(points[-1][1]) for points in (mine, theirs))
