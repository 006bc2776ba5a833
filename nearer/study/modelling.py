"""PURE: the actor–partner model of a study's table: what each said after, by what both had said before."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from nearer.statistics.dyads import Estimate, Model, actor_partner
from nearer.study.rules import Wave

BEFORE, AFTER = str(int(Wave.BEFORE)), str(int(Wave.AFTER))
SMALL = 0.0001
CAUTION = (
    "What goes together need not follow from each other. There is nobody here who was not asked to look, so a change between the "
    "two looks can have any cause."
)


class NotInTable(ValueError):
    """A column that was asked for is not in the table."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """A model of a table.

    Attributes:
        outcome: the column of what was said after.
        by: the columns of what had been said before, each taken from the mean of all.
        model: the numbers.
        left_out: how many pairs were left out, for whom a cell was empty.
    """

    outcome: str
    by: tuple[str, ...]
    model: Model
    left_out: int


def modelled(table: Iterable[str], outcome: str, by: Sequence[str]) -> Told:
    """Return the model of a study's table.

    Args:
        table: its lines.
        outcome: which column it is about, at the second look.
        by: by which columns, at the first.

    Raises:
        NotInTable: there is no such column.
        CannotTell: there are too few pairs, or nothing can be told apart.
    """
    rows = list(csv.DictReader(table))
    if not rows or not {"pair", "person", "wave", outcome, *by} <= rows[0].keys():
        raise NotInTable
    cells = {(row["pair"], row["person"], row["wave"]): row for row in rows}
    pairs = sorted({row["pair"] for row in rows})
    found = [both for pair in pairs if (both := [_one(cells, pair, who, outcome, by) for who in "12"])]
    whole = [(one, two) for one, two in found if one and two]
    means = [fmean(one[1][n] for both in whole for one in both) for n in range(len(by))] if whole else []
    model = actor_partner([(_from(means, one), _from(means, two)) for one, two in whole])
    return Told(outcome=outcome, by=tuple(by), model=model, left_out=len(pairs) - len(whole))


def _one(
    cells: dict[tuple[str, str, str], dict[str, str]], pair: str, who: str, outcome: str, by: Sequence[str]
) -> tuple[float, tuple[float, ...]] | None:
    before, after = cells.get((pair, who, BEFORE), {}), cells.get((pair, who, AFTER), {})
    said = [after.get(outcome, ""), *(before.get(name, "") for name in by)]
    if not all(said):
        return None
    number, *rest = (float(each) for each in said)
    return number, tuple(rest)


def _from(means: Sequence[float], one: tuple[float, tuple[float, ...]]) -> tuple[float, tuple[float, ...]]:
    return one[0], tuple(each - mean for each, mean in zip(one[1], means, strict=True))


def lines(told: Told) -> list[str]:
    """Return a model as lines to print: what it is of, a table, and what it cannot say."""
    model = told.model
    shown = [("level", model.level)]
    for name, own, other in zip(told.by, model.own, model.other, strict=True):
        shown += [(f"own {name}", own), (f"the other's {name}", other)]
    width = max(len(name) for name, _ in shown)
    return [
        f"{told.outcome} after, by {' and '.join(told.by)} before: {model.pairs} pairs, {told.left_out} left out.",
        f"{'':{width}}  estimate     error        95 % interval        df         p",
        *(f"{name:{width}}  {_numbers(each)}" for name, each in shown),
        f"How alike the errors of the two are: {model.alike:.3f}",
        CAUTION,
    ]


def _numbers(each: Estimate) -> str:
    p = f"{each.p:.4f}" if each.p >= SMALL else f"< {SMALL}"
    return (
        f"{each.value:8.3f}  {each.error:8.3f}  {each.low:8.3f} to {each.high:8.3f}  {each.df:8.1f}  {p:>8}"
    )
