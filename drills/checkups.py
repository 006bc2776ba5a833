"""Check-ups of made-up pairs over a year: how often a change is said where there is none, and found where there is one.

Each person answers as often as the page says there is need: four questions every season, sixteen every half-year. An answer is
what it stands for and an error, rounded and kept on the scale. The error is as large as the lower of the two reliabilities says, or as
small as the higher one does. Those who change do so by two standard errors of the difference, in the middle of the year. The first
check-ups have nothing to be compared with: they count as check-ups, and beside it stands what is said of those that have.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import product

from drills.figures import Figure, Ground, at_least, at_most, told
from nearer.closeness.checkup.comparing import compared
from nearer.closeness.checkup.instruments import Instrument, instruments
from nearer.statistics.change import Change, difference_error, standard_error

PAIRS = 500
NULL, FOUND = 5.0, 80.0


def drill(ground: Ground) -> list[Figure]:
    """Let five hundred pairs answer both questionnaires for a year, with and without a change."""
    chance, pairs = random.Random(2007), ground.size(short=PAIRS, long=20 * PAIRS)
    figures = [told("pairs, for each questionnaire and each error", pairs)]
    for form, name in product(instruments().values(), ("larger", "smaller")):
        exact = form.exact
        reliability = min(exact.alike, exact.stable) if name == "larger" else max(exact.alike, exact.stable)
        quiet = [each for _ in range(2 * pairs) for each in _year(chance, form, reliability, 0)]
        step = 2 * difference_error(exact.sd, min(exact.alike, exact.stable))
        moved = [
            _since(_year(chance, form, reliability, way * step)) for _ in range(pairs) for way in (1, -1)
        ]
        about = f"{form.title}, {name} error: "
        figures += [
            at_most(
                f"{about}check-ups in %, clear change said, none there",
                _part(_clear(each) for each in quiet),
                NULL,
            ),
            told(f"{about}the same in % of those compared", _part(_clear(each) for each in quiet if each)),
            at_least(
                f"{about}changes of two errors in %, found",
                _part(any(_said(each) for each in year) for year in moved),
                FOUND,
            ),
            told(
                f"{about}the same in %, called clear",
                _part(any(_clear(each) for each in year) for year in moved),
            ),
        ]
    return figures


def _since(year: list[Change | None]) -> list[Change | None]:
    """Return what is said from the middle of a year on."""
    return year[len(year) // 2 :]


def _year(chance: random.Random, form: Instrument, reliability: float, step: float) -> list[Change | None]:
    """Return what is said at each check-up of somebody in a year."""
    error, middle = standard_error(form.exact.sd, reliability), form.most / 2
    every = 91 if form.again_after <= 91 else 182
    days = range(0, 365, every)
    scores: list[float] = []
    said = []
    for day in days:
        stands = middle + (step / 2 if day >= 182 else -step / 2)
        scores.append(float(min(form.most, max(0, round(chance.gauss(stands, error))))))
        past = [(day - then, score) for then, score in zip(days, scores, strict=False)]
        said.append(compared(form, past[::-1]))
    return said


def _said(said: Change | None) -> bool:
    return said not in {None, Change.NONE}


def _clear(said: Change | None) -> bool:
    return said is not None and said.is_clear


def _part(said: Iterable[bool]) -> float:
    each = list(said)
    return round(100 * sum(each) / len(each), 1)
