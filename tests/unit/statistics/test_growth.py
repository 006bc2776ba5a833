"""Own answers as a drawing: no line before there are eight, and the band always holds it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.pulse.growth import EDGE, HIGH, WIDE, growth
from nearer.statistics.trend import ENOUGH, Going
from nearer.testing.examples import examples


def points(levels: list[int]) -> list[tuple[float, float]]:
    return [(8100.0 + when, float(level)) for when, level in enumerate(levels)]


def corners(outline: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (each.split(",") for each in outline.split())]


@settings(max_examples=examples(60))
@given(st.lists(st.integers(0, 10), max_size=16))
def test_the_line_is_drawn_from_eight_answers_on_inside_its_band(levels: list[int]) -> None:
    made = growth("close", points(levels))

    assert len(made.dots) == len(levels)
    assert all(EDGE <= float(x) <= WIDE - EDGE and EDGE <= float(y) <= HIGH - EDGE for x, y in made.dots)
    assert bool(made.line) is bool(made.band) is (len(levels) >= ENOUGH)
    assert (made.going is Going.EARLY) is (len(levels) < ENOUGH)
    if made.line:
        low, high = corners(made.band)[:3], corners(made.band)[:2:-1]
        for end, below, above in zip(corners(made.line), low[::2], high[::2], strict=True):
            assert above[1] <= end[1] <= below[1]
            assert above[1] < below[1]


@pytest.mark.parametrize(
    ("levels", "going"),
    [
        ([0, 3, 10] * 2, Going.EARLY),
        ([7] * 8, Going.STEADY),
        ([0, 0, 3, 3, 7, 7, 10, 10], Going.GROWS),
        ([10, 10, 7, 7, 3, 3, 0, 0], Going.LESS),
    ],
)
def test_where_it_goes_is_said_when_there_is_no_doubt(levels: list[int], going: Going) -> None:
    assert growth("close", points(levels)).going is going
