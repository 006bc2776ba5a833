"""Own answers as a line: with its uncertainty, and no word about where it goes before that can be said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.practices.closer.trust.line import LEAST, LINE_FROM, MOST, SAID_FROM, Going, line
from nearer.practices.closer.trust.readings import number_of, quarter_of

LEVELS = st.lists(st.integers(0, 10), min_size=0, max_size=16)


def points(levels: list[int]) -> list[tuple[float, float]]:
    return [(8100.0 + when, float(level)) for when, level in enumerate(levels)]


@pytest.mark.parametrize(
    ("levels", "going"),
    [
        ([0, 3, 10], Going.EARLY),
        ([7, 7, 7, 7], Going.STEADY),
        ([3, 7, 3, 7, 10], Going.STEADY),
        ([0, 0, 3, 3, 7, 7, 10, 10], Going.GROWS),
        ([10, 10, 7, 7, 3, 3, 0, 0], Going.LESS),
    ],
)
def test_where_it_goes_is_said_when_there_is_no_doubt(levels: list[int], going: Going) -> None:
    found = line(points(levels))

    assert found is not None
    assert found.going is going


def test_the_line_and_its_band_are_those_of_least_squares() -> None:
    """Worked by hand: slope 2.3, middle 5; with an error of a step and a half the band is 3.18 · 1.5 · √(1/5 + …)."""
    found = line([(0.0, 0.0), (1.0, 3.0), (2.0, 5.0), (3.0, 7.0), (4.0, 10.0)])

    assert found is not None
    assert found.middle[0] == pytest.approx((0.0, 0.2))
    assert found.middle[4] == pytest.approx((4.0, 9.8))
    assert found.low[2][1] == pytest.approx(5 - 3.18 * 1.5 * (1 / 5) ** 0.5)
    assert found.high[0][1] == pytest.approx(0.2 + 3.18 * 1.5 * (1 / 5 + 4 / 10) ** 0.5)


@given(LEVELS)
def test_the_band_holds_the_line_stays_on_the_scale_and_never_closes(levels: list[int]) -> None:
    found = line(points(levels))

    assert (found is None) == (len(levels) < LINE_FROM)
    if found is None:
        return
    assert (found.going is Going.EARLY) == (len(levels) < SAID_FROM)
    for (_, low), (_, middle), (_, high) in zip(found.low, found.middle, found.high, strict=True):
        assert LEAST <= low <= middle <= high <= MOST
        assert low < high


@given(LEVELS)
def test_turned_around_it_goes_the_other_way(levels: list[int]) -> None:
    ways = {Going.GROWS: Going.LESS, Going.LESS: Going.GROWS}
    one, other = line(points(levels)), line(points([10 - level for level in levels]))

    if one and other:
        assert other.going is ways.get(one.going, one.going)


def test_a_quarter_follows_the_last_one() -> None:
    quarters = [number_of(quarter_of(date(2025 + month // 12, month % 12 + 1, 28))) for month in range(24)]

    assert quarters == [quarters[0] + month // 3 for month in range(24)]
