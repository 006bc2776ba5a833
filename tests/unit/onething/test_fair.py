"""A fair choice and a fair division: what holds for all numbers, and the numbers that were published."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nearer.practices.onething.fair.choosing import CANNOT, MOST, offers, ranked
from nearer.practices.onething.fair.sharing import POINTS, _to_who_wants_it_more, shares, worth
from nearer.testing.examples import examples

VECTORS: dict[str, Any] = json.loads(Path("tests/vectors/fair.json").read_text(encoding="utf-8"))
FEW = settings(max_examples=examples(80), deadline=None, derandomize=True, database=None)
RATING = st.integers(CANNOT, 10)
PAIRS = st.lists(st.tuples(RATING, RATING), min_size=1, max_size=8)
TODAY = st.tuples(st.integers(0, 10), st.integers(0, 10))
SCALES = st.tuples(st.integers(1, 5), st.integers(-20, 20))


def sides(pairs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [one for one, _ in pairs], [other for _, other in pairs]


def oracle(one: list[int], other: list[int], today: tuple[int, int]) -> set[int]:
    """Every way that nothing else makes needless, found by comparing each with each."""
    able = [
        n for n, (a, b) in enumerate(zip(one, other, strict=True))
        if CANNOT not in (a, b) and a >= today[0] and b >= today[1]
    ]  # fmt: skip
    return {
        n for n in able
        if not any(one[m] >= one[n] and other[m] >= other[n] and (one[m], other[m]) != (one[n], other[n]) for m in able)
    }  # fmt: skip


@pytest.mark.parametrize("case", VECTORS["choosing"], ids=lambda case: case["about"])
def test_what_comes_first_is_as_written_down(case: dict[str, Any]) -> None:
    assert ranked(case["one"], case["other"], tuple(case["today"])) == case["order"]


def test_nash_chooses_what_he_chose_in_1950() -> None:
    known = VECTORS["nash_1950"]
    goods = known["bill"] | known["jack"]
    ways = list(product((True, False), repeat=len(goods)))
    bill, jack = (
        [sum(both[who] for both, his in zip(goods.values(), way, strict=True) if his is (who == 0)) for way in ways]
        for who in (0, 1)
    )  # fmt: skip
    today = tuple(known["status_quo"])

    found = ranked(bill, jack, today)

    held = {name for name, his in zip(goods, ways[found[0]], strict=True) if his}
    gains = [[bill[n] - today[0], jack[n] - today[1]] for n in found]
    assert held == set(known["solution_bill_holds"])
    assert gains[0] == known["gains"]
    assert gains[0][0] * gains[0][1] == known["nash_product"]
    assert set(map(tuple, gains)) == set(map(tuple, known["pareto_gain_points_computed"]))
    assert max(gains, key=min) == known["maxmin_computed"] != gains[0]
    assert max(gains, key=sum) == known["utilitarian_computed"] != gains[0]


@FEW
@given(pairs=PAIRS, today=TODAY)
def test_what_is_put_before_them_is_worse_than_today_for_neither_and_needless_in_nothing(
    pairs: list[tuple[int, int]], today: tuple[int, int]
) -> None:
    one, other = sides(pairs)
    found = ranked(one, other, today)

    assert set(found) == oracle(one, other, today)
    best = [(one[n] - today[0]) * (other[n] - today[1]) for n in found]
    assert best == sorted(best, reverse=True)
    assert offers(one, other, today) == tuple(sorted(found[:MOST]))


@FEW
@given(pairs=PAIRS, today=TODAY, scale=SCALES)
def test_how_freely_somebody_uses_high_numbers_changes_nothing(
    pairs: list[tuple[int, int]], today: tuple[int, int], scale: tuple[int, int]
) -> None:
    one, other = sides(pairs)
    found = ranked(one, other, today)
    # Between equal products the smaller gain decides, and which that is depends on the scale.
    worths = [(one[n] - today[0]) * (other[n] - today[1]) for n in found]
    assume(len(set(worths)) == len(worths))
    factor, shift = scale
    stretched = [CANNOT if a == CANNOT else a * factor + shift for a in one]
    assume(all((a == CANNOT) == (b == CANNOT) for a, b in zip(one, stretched, strict=True)))

    assert ranked(stretched, other, (today[0] * factor + shift, today[1])) == found


@FEW
@given(pairs=PAIRS, today=TODAY)
def test_it_does_not_matter_who_is_who(pairs: list[tuple[int, int]], today: tuple[int, int]) -> None:
    one, other = sides(pairs)

    assert ranked(other, one, today[::-1]) == ranked(one, other, today)


@st.composite
def points(draw: st.DrawFn, things: int) -> list[int]:
    cuts = sorted(draw(st.lists(st.integers(0, POINTS), min_size=things - 1, max_size=things - 1)))
    return [b - a for a, b in zip([0, *cuts], [*cuts, POINTS], strict=True)]


BOTH = st.integers(1, 6).flatmap(lambda things: st.tuples(points(things), points(things)))


def most_alike(one: list[int], other: list[int]) -> Fraction:
    """The most that both can have alike, from every way to share in which one thing is split."""
    best = Fraction()
    for split in range(len(one)):
        for way in product((0, 1), repeat=len(one)):
            parts = [Fraction(part) for part in way]
            parts[split] = Fraction()
            ahead = worth([1 - part for part in parts], other) - worth(parts, one)
            whole = one[split] + other[split]
            parts[split] = min(Fraction(1), max(Fraction(), ahead / whole)) if whole else Fraction()
            best = max(best, min(worth(parts, one), worth([1 - part for part in parts], other)))
    return best


@FEW
@given(both=BOTH)
def test_a_division_is_alike_envied_by_nobody_and_the_best_there_is(
    both: tuple[list[int], list[int]],
) -> None:
    one, other = both
    parts = shares(one, other)
    rest = [1 - part for part in parts]
    first, second = worth(parts, one), worth(rest, other)

    assert all(0 <= part <= 1 for part in parts)
    assert sum(0 < part < 1 for part in parts) <= 1
    assert first == second == most_alike(one, other)
    assert first >= worth(rest, one)
    assert second >= worth(parts, other)


def test_the_published_division() -> None:
    known = VECTORS["adjusted_winner"]
    one, other = list(known["one"].values()), list(known["other"].values())
    parts = shares(one, other)

    assert dict(zip(known["one"], map(str, parts), strict=True)) == known["one_share"]
    assert str(worth(parts, one)) == str(worth([1 - part for part in parts], other)) == known["each_gets"]


def test_the_steps_to_the_adjusted_winner_are_as_written_down() -> None:
    known = VECTORS["adjusted_winner"]
    one, other = list(known["one"].values()), list(known["other"].values())
    pairs = list(zip(one, other, strict=True))
    parts = _to_who_wants_it_more(one, other)

    assert [sum(a for a, b in pairs if a > b), sum(b for a, b in pairs if b > a)] == known["after_step1"]
    assert [worth(parts, one), worth([1 - part for part in parts], other)] == known["after_tie_item"]


@pytest.mark.parametrize("wrong", [[50, 49], [120, -20], [100]])
def test_points_that_are_no_hundred_are_refused(wrong: list[int]) -> None:
    with pytest.raises(ValueError, match="hundred"):
        shares(wrong, [50, 50])
