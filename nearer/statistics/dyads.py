"""What each of two says, by what both said before: the actor–partner model, for pairs in which neither stands for a side.

    said = level + own · (what one said before) + other · (what the other said before) + error

with errors of the two that are alike. Half the pairs' sum and half their difference carry errors that are not: two ordinary
regressions, which statsmodels computes, are together the same as generalised least squares with compound symmetry and
restricted maximum likelihood, also where the two are less alike than strangers.

Kenny, D. A., Kashy, D. A., & Cook, W. L. (2006). Dyadic data analysis. New York: Guilford Press. Cook, W. L., & Kenny, D. A.
(2005). The actor–partner interdependence model. International Journal of Behavioral Development, 29(2), 101-109. Degrees of
freedom after Satterthwaite (1946).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

LEAST_PAIRS = 10
"""Of fewer pairs nothing is said."""

SURE = 0.975

type One = tuple[float, tuple[float, ...]]
"""What one of the two said, and what they had said before: as many numbers for everybody."""


class CannotTell(ValueError):
    """There are too few pairs, or what was said before does not differ enough to tell anything apart."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A number of the model.

    Attributes:
        value: the estimate.
        error: its standard error.
        df: degrees of freedom of the t distribution it is held against.
        low: the lower end of its 95 % interval.
        high: the upper end.
        p: how likely chance alone is to look as far from nothing as this.
    """

    value: float
    error: float
    df: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, kw_only=True)
class Model:
    """The model.

    Attributes:
        pairs: of how many pairs it was made.
        level: what is said where what was said before is 0.
        own: for each thing said before, how what one says now goes with what one said then.
        other: the same for what the other said then.
        alike: how alike the errors of the two are, from -1 to 1.
    """

    pairs: int
    level: Estimate
    own: tuple[Estimate, ...]
    other: tuple[Estimate, ...]
    alike: float


def actor_partner(pairs: Sequence[tuple[One, One]]) -> Model:
    """Return the model of some pairs, who of the two is named first not mattering.

    Raises:
        CannotTell: there are fewer than ten, or nothing can be told apart.
    """
    if len(pairs) < LEAST_PAIRS:
        raise CannotTell
    import numpy as np  # like statsmodels only where somebody asks for a model: they take their time to load

    said = np.array([[one[0], two[0]] for one, two in pairs], dtype=float)
    before = np.array([[one[1], two[1]] for one, two in pairs], dtype=float)
    root = sqrt(2)
    level = np.full((len(pairs), 1), root)
    sums = _regression(said.sum(axis=1) / root, np.hstack([level, before.sum(axis=1) / root]))
    gaps = _regression((said[:, 0] - said[:, 1]) / root, (before[:, 0] - before[:, 1]) / root)
    both = [_halves(sums, gaps, place) for place in range(before.shape[2])]
    return Model(
        pairs=len(pairs),
        level=_estimate(sums.params[0], sums.bse[0] ** 2, sums.df_resid),
        own=tuple(own for own, _ in both),
        other=tuple(other for _, other in both),
        alike=float((sums.mse_resid - gaps.mse_resid) / (sums.mse_resid + gaps.mse_resid)),
    )


def _regression(said: Any, before: Any) -> Any:  # Any: NumPy's arrays, and what statsmodels finds
    import numpy as np
    from statsmodels.regression.linear_model import OLS

    many, each = before.shape
    if many <= each or np.linalg.matrix_rank(before) < each:
        raise CannotTell
    return OLS(said, before).fit()


def _halves(sums: Any, gaps: Any, place: int) -> tuple[Estimate, Estimate]:
    """Return one's own and the other's part: half the sum and half the difference of the two slopes."""
    one, two = sums.params[place + 1], gaps.params[place]
    first, second = sums.bse[place + 1] ** 2, gaps.bse[place] ** 2
    spread = first + second
    df = spread**2 / (first**2 / sums.df_resid + second**2 / gaps.df_resid) if spread else sums.df_resid
    return _estimate((one + two) / 2, spread / 4, df), _estimate((one - two) / 2, spread / 4, df)


def _estimate(value: float, variance: float, df: float) -> Estimate:
    from scipy import stats

    error, t = sqrt(variance), stats.t(df)
    reach = float(t.ppf(SURE)) * error
    p = 2 * float(t.sf(abs(value) / error)) if error else float(value == 0)
    return Estimate(
        value=float(value),
        error=error,
        df=float(df),
        low=float(value) - reach,
        high=float(value) + reach,
        p=p,
    )
