"""The actor–partner model: reference numbers come out again, and two other ways to compute it agree."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
import pytest
from scipy.linalg import block_diag

from nearer.statistics.dyads import CannotTell, Model, One, actor_partner

VECTORS = Path(__file__).parents[2] / "vectors"
SAID: dict[str, Any] = json.loads((VECTORS / "statistics.json").read_text(encoding="utf-8"))["truth_and_bias"]

type Pairs = list[tuple[One, One]]


def couples(outcome: str, *by: str, centre: float = 0.0) -> Pairs:
    """Return 148 couples of the file, wife first."""
    with (VECTORS / "acipair.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said: list[One] = [
        (float(row[f"{outcome}_A"]) - centre, tuple(float(row[f"{name}_A"]) - centre for name in by))
        for row in rows
    ]
    return list(zip(said[::2], said[1::2], strict=True))


def test_the_model_of_truth_and_bias_of_148_couples() -> None:
    middle = fmean(one[0] for both in couples("SelfPos") for one in both)

    found = actor_partner(couples("OtherPos", "SelfPos", centre=middle))

    (own,), (other,) = found.own, found.other
    assert found.pairs == 148
    assert round(found.level.value, 8) == SAID["directional_bias"]
    assert round(other.value, 8) == SAID["truth_force"]
    assert round(own.value, 8) == SAID["assumed_similarity_force"]
    assert [round(each.error, 8) for each in (found.level, other, own)] == SAID["se"]
    # Its last printed digit is where an optimiser stopped; this is the solution itself: 0.140593596.
    assert found.alike == pytest.approx(SAID["rho"], abs=1.5e-8)


def test_generalised_least_squares_with_whole_covariances_agree() -> None:
    from statsmodels.regression.linear_model import GLS

    pairs = couples("Satisfaction", "Tension", "SelfPos")
    found = actor_partner(pairs)

    said = np.array([one[0] for both in pairs for one in both])
    before = np.array([(1.0, *me[1], *you[1]) for one, two in pairs for me, you in ((one, two), (two, one))])
    sigma = block_diag(*[[[1, found.alike], [found.alike, 1]]] * len(pairs))
    whole = GLS(said, before, sigma=sigma).fit()
    assert whole.params == pytest.approx(np.array([each.value for each in estimates(found)]))
    assert whole.bse == pytest.approx(np.array([each.error for each in estimates(found)]))


def test_a_mixed_model_agrees() -> None:
    from statsmodels.regression.mixed_linear_model import MixedLM

    pairs = couples("Satisfaction", "Tension")
    found = actor_partner(pairs)

    said = np.array([one[0] for both in pairs for one in both])
    before = np.array([(1.0, *me[1], *you[1]) for one, two in pairs for me, you in ((one, two), (two, one))])
    mixed = MixedLM(said, before, groups=np.repeat(np.arange(len(pairs)), 2)).fit(reml=True)
    assert mixed.fe_params == pytest.approx(np.array([each.value for each in estimates(found)]), rel=1e-6)
    assert mixed.bse[:3] == pytest.approx(np.array([each.error for each in estimates(found)]), rel=1e-4)
    between = mixed.cov_re[0, 0]
    assert between / (between + mixed.scale) == pytest.approx(found.alike, abs=1e-4)


def test_who_is_named_first_does_not_matter() -> None:
    pairs = couples("Satisfaction", "Tension")[:12]

    turned = actor_partner([(two, one) if n % 3 else (one, two) for n, (one, two) in enumerate(pairs)])

    for one, two in zip(estimates(actor_partner(pairs)), estimates(turned), strict=True):
        assert (one.value, one.error, one.df, one.p) == pytest.approx((two.value, two.error, two.df, two.p))


@pytest.mark.parametrize(
    "pairs",
    [
        couples("Satisfaction", "Tension")[:9],
        [((y, (1.0,)), (z, (1.0,))) for (y, _), (z, _) in couples("Satisfaction")[:20]],
        [((y, (float(n),)), (z, (float(n),))) for n, ((y, _), (z, _)) in enumerate(couples("Tension")[:20])],
    ],
    ids=["nine pairs", "all said the same before", "both of each said the same before"],
)
def test_nothing_is_said_where_nothing_can_be_told_apart(pairs: Pairs) -> None:
    with pytest.raises(CannotTell):
        actor_partner(pairs)


def estimates(model: Model) -> tuple[Any, ...]:
    return (model.level, *model.own, *model.other)
