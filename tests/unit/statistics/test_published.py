"""What is printed in papers comes out again, to the last printed digit."""

from __future__ import annotations

import json
from collections import Counter
from math import acos, pi, sqrt
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import brentq

from nearer.statistics.change import (
    Exactness,
    cutoffs,
    difference_error,
    least_clear,
    reliable_change,
    standard_error,
)
from nearer.statistics.overlap import CIRCLES

PRINTED: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "vectors/statistics.json").read_text(encoding="utf-8")
)


def test_the_worked_example_of_reliable_change() -> None:
    said = PRINTED["reliable_change"]
    sd, r = said["sd"], said["rxx"]
    assert standard_error(sd, r) == pytest.approx(said["se"], rel=1e-15)
    assert difference_error(sd, r) == pytest.approx(said["sdiff"], rel=1e-15)
    found = reliable_change([said["pre"]], [said["post"]], sd=sd, reliability=r)
    assert found == pytest.approx(said["rc"], rel=1e-14)


def test_the_three_cut_offs() -> None:
    said = PRINTED["cutoffs"]
    found = cutoffs((said["m_dys"], said["sd"]), (said["m_fun"], said["sd"]))
    assert (found.a, found.b, found.c) == (said["a"], said["b"], said["c"])


def test_thirty_couples() -> None:
    said, sd, r = PRINTED["couples"], 17.8, 0.96
    before, after = said["pre"], said["post"]
    assert fmean(before) == pytest.approx(said["mean_pre"], rel=1e-15)
    assert stdev(before) == pytest.approx(said["sd_pre"], rel=1e-15)
    cut = cutoffs((fmean(before), stdev(before)), (115, sd)).a
    assert cut == pytest.approx(said["cut_a"], rel=1e-15)
    assert difference_error(sd, r) == pytest.approx(said["sdiff"], rel=1e-14)
    found = Counter(
        _became(reliable_change([one], [two], sd=sd, reliability=r), well=two > cut)
        for one, two in zip(before, after, strict=True)
    )
    assert found == {each: said[each] for each in ("recovered", "improved", "unchanged", "deteriorated")}


def _became(index: float, *, well: bool) -> str:
    if abs(index) <= 1.96:
        return "unchanged"
    if index < 0:
        return "deteriorated"
    return "recovered" if well else "improved"


def test_the_circles_of_each_picture_cover_and_share_what_they_should() -> None:
    for (share, radius, apart), drawn in zip(PRINTED["overlap"]["p_r_d"], CIRCLES, strict=True):
        exact = 0.85 * CIRCLES.index(drawn) / 6
        assert exact == pytest.approx(share, abs=5e-5)
        wide = sqrt(1 + exact)
        solved = (
            2 * wide
            if exact == 0
            else brentq(lambda d, s=exact, r=wide: _shared(r, d) - 2 * pi * s, 1e-9, 2 * wide)
        )
        assert drawn == (radius, apart)
        assert drawn == (round(wide, 4), round(solved, 4))


def _shared(radius: float, apart: float) -> float:
    half = apart / 2
    return float(2 * radius**2 * acos(half / radius) - half * sqrt(4 * radius**2 - apart**2))


@pytest.mark.parametrize(
    ("exact", "loose", "strict"),
    [
        (Exactness(sd=17, alike=0.98, stable=0.90), 6.66, 14.9),
        (Exactness(sd=4, alike=0.94, stable=0.85), 2.72, 4.3),
    ],
)
def test_the_thresholds_of_both_forms_of_the_index(exact: Exactness, loose: float, strict: float) -> None:
    assert round(least_clear(exact.sd, exact.alike), 2) == loose
    assert round(least_clear(exact.sd, exact.stable), 1) == strict


def test_how_alike_profiles_are() -> None:
    said = PRINTED["profiles"]
    norm, truth, guess, own = (np.array(said[each]) for each in ("norm", "truth", "guess", "own"))

    def alike(one: Any, two: Any) -> float:
        return float(stats.pearsonr(one, two).statistic)

    assert alike(guess, truth) == pytest.approx(said["overall_r"], rel=1e-14)
    assert alike(guess, own) == pytest.approx(said["assumed_similarity_r"], rel=1e-14)
    assert alike(own, truth) == pytest.approx(said["actual_similarity_r"], rel=1e-14)
    distinct = alike(guess - norm, truth - norm)
    assert distinct == pytest.approx(said["distinctive_r_difference_method"], rel=1e-14)
    tau = stats.kendalltau(guess, truth).statistic
    assert tau == pytest.approx(said["kendall_tau_b"], rel=1e-14)


def test_how_many_top_cards_luck_hits() -> None:
    said, three = PRINTED["luck"], stats.hypergeom(12, 3, 3)
    assert [round(float(each), 8) for each in three.pmf(range(4))] == said["top3_of_12"]
    assert three.mean() == pytest.approx(said["expected_top3_of_12"], rel=1e-14)
    assert round(float(stats.hypergeom(12, 5, 5).mean()), 7) == said["top5_of_12_expected"]
