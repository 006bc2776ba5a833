"""The statistics against SciPy's, or against trying everything."""

from __future__ import annotations

from itertools import combinations
from math import sqrt
from statistics import fmean, median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from nearer.statistics.change import CLEAR, Change, Exactness, change, least_clear, reliable_change
from nearer.statistics.trend import DOUBT, ENOUGH, Going, going, trend
from nearer.statistics.usual import NEAR, usual
from nearer.testing.examples import examples

LEVELS = st.integers(0, 10)
SERIES = st.lists(LEVELS, min_size=ENOUGH, max_size=30)
SCORES = st.lists(st.integers(0, 81), min_size=1, max_size=4)
EXACT = Exactness(sd=17, alike=0.98, stable=0.90)


def points_of(said: list[int]) -> list[tuple[float, float]]:
    return [(float(when), float(level)) for when, level in enumerate(said)]


@settings(max_examples=examples(60))
@given(SERIES)
def test_the_slope_is_the_median_of_all_slopes(said: list[int]) -> None:
    found = trend(points_of(said))
    slopes = [(said[b] - said[a]) / (b - a) for a, b in combinations(range(len(said)), 2)]
    assert found
    assert found.slope == pytest.approx(median(slopes))
    assert found.low <= found.slope <= found.high
    assert found.at(median(range(len(said)))) == pytest.approx(median(said))


@settings(max_examples=examples(60))
@given(SERIES)
def test_the_test_is_kendalls_and_the_other_way_round_is_the_other_direction(said: list[int]) -> None:
    found = trend(points_of(said))
    assert found
    if len(set(said)) > 1:
        assert found.p == pytest.approx(stats.kendalltau(range(len(said)), said).pvalue)
    turned = {Going.GROWS: Going.LESS, Going.LESS: Going.GROWS, Going.STEADY: Going.STEADY}
    assert going(points_of(said[::-1])) is turned[found.going]
    assert (found.going is Going.STEADY) or found.p < DOUBT


@given(st.lists(LEVELS, max_size=ENOUGH - 1))
def test_it_is_too_early_to_say_before_there_are_eight(said: list[int]) -> None:
    assert trend(points_of(said)) is None
    assert going(points_of(said)) is Going.EARLY


def test_what_always_grows_grows_and_what_never_moves_is_steady() -> None:
    assert going(points_of([1, 2, 3, 4, 5, 6, 7, 8])) is Going.GROWS
    assert going(points_of([8, 7, 6, 5, 4, 3, 2, 1])) is Going.LESS
    assert going(points_of([5] * 20)) is Going.STEADY


@settings(max_examples=examples(80))
@given(SCORES, SCORES)
def test_clear_is_more_than_possible_and_both_are_symmetric(before: list[int], after: list[int]) -> None:
    found, other_way = change(before, after, EXACT), change(after, before, EXACT)
    turned = {
        Change.UP: Change.DOWN, Change.MAYBE_UP: Change.MAYBE_DOWN, Change.NONE: Change.NONE,
        Change.DOWN: Change.UP, Change.MAYBE_DOWN: Change.MAYBE_UP,
    }  # fmt: skip
    assert other_way is turned[found]
    apart = abs(fmean(after) - fmean(before))
    sizes = {"before": len(before), "after": len(after)}
    assert found.is_clear is (apart > least_clear(EXACT.sd, EXACT.stable, **sizes))
    assert (found is Change.NONE) is (apart <= least_clear(EXACT.sd, EXACT.alike, **sizes))


@given(SCORES, SCORES)
def test_the_index_is_a_difference_of_means_over_its_error(before: list[int], after: list[int]) -> None:
    found = reliable_change(before, after, sd=17, reliability=0.9)
    error = 17 * sqrt(0.1) * sqrt(1 / len(before) + 1 / len(after))
    assert found * error == pytest.approx(fmean(after) - fmean(before), abs=1e-9)
    assert pytest.approx(stats.norm.ppf(0.975), abs=5e-5) == CLEAR


@settings(max_examples=examples(60))
@given(st.lists(st.integers(1, 7), min_size=1, max_size=40))
def test_the_usual_range_is_the_middle_of_what_lies_near(said: list[int]) -> None:
    points = points_of(said)
    found = {each.when: each for each in usual(points, [when for when, _ in points], within=(1, 7))}
    for moment, _ in points:
        near = sorted(level for when, level in points if abs(when - moment) <= NEAR)
        assert (moment in found) is (len(near) >= ENOUGH)
        if each := found.get(moment):
            low, high = np.percentile(near, [10, 90])
            assert each.low <= low
            assert each.high >= high
            assert 1 <= each.low <= each.high <= 7
            assert each.high - each.low >= min(1.0, high - low)
