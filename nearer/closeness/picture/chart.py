"""PURE: where everything stands on the drawn curve. A template of ours draws it: docs/adr/0014-a-chart-is-a-template.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from nearer.closeness.picture.curve import Curve, day_of
from nearer.closeness.picture.rules import WEEK, Week
from nearer.statistics.overlap import ALMOST_ONE, APART, CIRCLES

LEVELS = (7, 5, 3, 1)  # of which pictures stand at the axis
LEFT, TOP, BOTTOM, PICTURE = 52.0, 30.0, 26.0, 9.0
LABELS_MOST, LABEL_WIDE = 4, 74.0
NAMES_APART = 16.0

type At = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large a drawing is, in its own units; at the right there is room for the names."""

    name: str
    wide: int
    high: int
    right: int


NARROW = Size(name="small", wide=340, high=300, right=26)
WIDE = Size(name="large", wide=680, high=340, right=110)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One person's line.

    Attributes:
        whose: me or you.
        parts: the points of each unbroken stretch.
        dots: every week's point.
        end: where the name stands.
    """

    whose: str
    parts: list[str]
    dots: list[At]
    end: At


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A drawing.

    Attributes:
        size: how large.
        levels: for each picture at the axis how high it stands, and its two circles.
        band: the outline of each unbroken stretch of the usual range.
        lines: mine and the other's, the dashed one on top, so that both are seen where they meet.
        days: what stands below, and where.
        marks: own marks: where, and their number in the list below.
    """

    size: Size
    levels: list[tuple[float, list[At], float]]
    band: list[str]
    lines: list[Line]
    days: list[tuple[float, date]]
    marks: list[tuple[float, int]]


def drawn(curve: Curve, marks: Sequence[date], size: Size, *, is_guest: bool) -> Drawn:
    """Return a stretch of the curve as a drawing.

    Args:
        curve: which.
        marks: the days that somebody marked; those outside the stretch are left out.
        size: how large.
        is_guest: whether mine is the dashed one.
    """
    sheet = _Sheet(size=size, begins=curve.begins, ends=curve.ends)
    mine = [(sheet.across(week.monday), sheet.down(week.mine or 0)) for week in curve.weeks]
    theirs = [(sheet.across(week.monday), sheet.down(week.theirs or 0)) for week in curve.weeks]
    high, low = _names(mine[-1], theirs[-1]) if curve.weeks else (0.0, 0.0)
    lines = [_line("me", mine, curve.weeks, high), _line("you", theirs, curve.weeks, low)]
    return Drawn(
        size=size, levels=[_picture(level, sheet) for level in LEVELS], band=_band(curve, sheet),
        lines=lines if not is_guest else lines[::-1],
        days=_days(sheet),
        marks=[(sheet.across(day), n) for n, day in enumerate(marks, 1) if curve.begins <= day <= curve.ends + WEEK],
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    size: Size
    begins: date
    ends: date

    @property
    def days(self) -> int:
        """How many there are from the first Monday to the last."""
        return (self.ends - self.begins).days

    def across(self, day: date) -> float:
        """Return where a day stands."""
        room = self.size.wide - LEFT - self.size.right
        part = (day - self.begins).days / self.days if self.days else 0.5
        return round(LEFT + min(1.0, part) * room, 1)

    def down(self, level: float) -> float:
        """Return how high a level stands."""
        room = self.size.high - TOP - BOTTOM - 2 * PICTURE
        return round(TOP + PICTURE + (ALMOST_ONE - level) / (ALMOST_ONE - APART) * room, 1)


def _line(whose: str, points: list[At], weeks: Sequence[Week], end: float) -> Line:
    stretches: list[list[At]] = [points[:1]] if points else []
    for (before, after), point in zip(pairwise(weeks), points[1:], strict=True):
        if after.monday - before.monday == WEEK:
            stretches[-1].append(point)
        else:
            stretches.append([point])
    parts = [_joined(part) for part in stretches if len(part) > 1]
    return Line(whose=whose, parts=parts, dots=points, end=(points[-1][0] if points else 0.0, end))


def _names(mine: At, theirs: At) -> tuple[float, float]:
    """Return how high the two names stand, so that neither covers the other."""
    apart = theirs[1] - mine[1]
    if abs(apart) >= NAMES_APART:
        return mine[1], theirs[1]
    move = (NAMES_APART - abs(apart)) / 2
    return (mine[1] + move, theirs[1] - move) if apart < 0 else (mine[1] - move, theirs[1] + move)


def _picture(level: int, sheet: _Sheet) -> tuple[float, list[At], float]:
    radius, apart = (PICTURE * 0.8 * each for each in CIRCLES[level - APART])
    down, middle = sheet.down(level), LEFT / 2 - 4
    return (
        down,
        [(round(middle - apart / 2, 1), down), (round(middle + apart / 2, 1), down)],
        round(radius, 1),
    )


def _band(curve: Curve, sheet: _Sheet) -> list[str]:
    stretches: list[list[tuple[float, float, float]]] = []
    last = None
    for each in curve.usual:
        if last is None or each.when - last > 1:
            stretches.append([])
        last = each.when
        stretches[-1].append((sheet.across(day_of(each.when)), sheet.down(each.low), sheet.down(each.high)))
    outlines = (
        [*((x, low) for x, low, _ in part), *((x, high) for x, _, high in part[::-1])]
        for part in stretches
        if len(part) > 1
    )
    return [_joined(outline) for outline in outlines]


def _days(sheet: _Sheet) -> list[tuple[float, date]]:
    weeks = sheet.days // 7
    room = sheet.size.wide - LEFT - sheet.size.right
    count = max(1, min(LABELS_MOST, weeks + 1, int(room // LABEL_WIDE) + 1))
    steps = [round(n * weeks / (count - 1)) for n in range(count)] if count > 1 else [0]
    mondays = [sheet.begins + step * WEEK for step in steps]
    return [(sheet.across(monday), monday) for monday in mondays]


def _joined(points: Iterable[At]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
