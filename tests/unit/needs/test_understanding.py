"""How well guesses fit: the numbers behind the words, and when it is too early for any."""

from __future__ import annotations

import subprocess
import sys

import pytest

from nearer.practices.needs.understanding import (
    Tops,
    chance_of,
    first_reading,
    reading,
    tops,
    truth_and_bias,
)

# Computed once, apart from this code, for six made-up traits and for three of twelve.
TRUTH, GUESS, OWN = [5, 2, 3, 5, 1, 4], [5, 3, 2, 5, 1, 4], [4, 4, 1, 5, 2, 2]
WEST_KENNY = (0.12365591, 0.75806452, 0.37096774)
TOP_3_OF_12 = (0.38181818, 0.49090909, 0.12272727, 0.00454545)

SIXTEEN = [4, 4, 4, 3, 3, 2, 2, 2, 1, 1, 1, 0, 0, 2, 1, 3]
OWNS = [1, 3, 0, 4, 2, 2, 4, 0, 3, 1, 2, 4, 0, 1, 3, 2]


def items(guesses: list[int], own: list[int] | None = None) -> list[tuple[int, int, int]]:
    return list(zip(SIXTEEN, guesses, own or OWNS, strict=True))


def test_the_model_gives_the_reference_numbers() -> None:
    model = truth_and_bias(list(zip(TRUTH, GUESS, OWN, strict=True)))

    assert model is not None
    assert (model.bias, model.tracking, model.similarity) == pytest.approx(WEST_KENNY, abs=1e-8)


@pytest.mark.parametrize("hits", range(4))
def test_luck_gives_the_reference_numbers(hits: int) -> None:
    found = chance_of([Tops(hits=hits, theirs=3, guessed=3, cards=12)])

    assert found == pytest.approx(sum(TOP_3_OF_12[hits:]), abs=1e-7)


def test_two_of_three_on_sixteen_cards_is_one_in_fourteen() -> None:
    guesses = [4, 4, 0, 1, 1, 2, 2, 1, 1, 3, 1, 0, 0, 2, 1, 2]

    assert tops(items(guesses)) == Tops(hits=2, theirs=3, guessed=3, cards=16)
    for told in (first_reading(items(guesses)), reading([items(guesses)])):
        assert told is not None
        assert (told.hits, told.of, told.luck) == (2, 3, 14)


def test_two_maps_are_weighed_together() -> None:
    one = Tops(hits=1, theirs=3, guessed=3, cards=16)

    alone, both = chance_of([one]), chance_of([one, one])

    # At least two hits in two maps: not none, and not exactly one.
    none, once = 1 - alone, 3 * 78 / 560
    assert both == pytest.approx(1 - none * none - 2 * none * once)


@pytest.mark.parametrize(
    ("shift", "bias"), [(-1, "low"), (0, "even"), (1, "high")], ids=["low", "even", "high"]
)
def test_the_direction_is_said_in_a_word(shift: int, bias: str) -> None:
    guesses = [min(4, max(0, level + shift)) for level in [3, 3, 3, 2, 3, 2, 2, 2, 1, 1, 1, 1, 1, 2, 1, 3]]

    told = reading([list(zip([3, 3, 3, 2, 3, 2, 2, 2, 1, 1, 1, 1, 1, 2, 1, 3], guesses, OWNS, strict=True))])

    assert told is not None
    assert told.bias == bias


def test_guesses_that_follow_oneself_lean() -> None:
    leaning, following = reading([items(OWNS)]), reading([items(SIXTEEN)])

    assert leaning is not None
    assert following is not None
    assert (leaning.leans, leaning.tracks) == (True, False)
    assert (following.leans, following.tracks) == (False, True)


def test_it_is_too_early_with_nine_cards() -> None:
    assert reading([items(SIXTEEN)[:9]]) is None
    assert first_reading(items(SIXTEEN)[:9]) is None
    assert reading([items(SIXTEEN)[:5], items(SIXTEEN)[5:9]]) is None


def test_rounds_are_pooled() -> None:
    told = reading([items(SIXTEEN)[:8], items(SIXTEEN)[8:]])

    assert told is not None
    assert (told.hits, told.bias) == (None, "even")


@pytest.mark.parametrize("guesses", [[2] * 16, SIXTEEN], ids=["all the same", "own is truth"])
def test_nothing_is_said_where_it_cannot_be_told_apart(guesses: list[int]) -> None:
    told = reading([items(guesses, SIXTEEN)])

    assert told is not None
    assert told.bias == ""


def test_a_top_that_is_not_clear_is_not_counted() -> None:
    assert tops([(3, guess, 1) for guess in SIXTEEN]) is None
    assert tops(items([1] * 16)) is None


def test_the_libraries_come_only_when_something_is_computed() -> None:
    script = (
        "import sys, nearer.practices.needs.protocol; print('numpy' in sys.modules, 'scipy' in sys.modules)"
    )

    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.split() == ["False", "False"]
