"""Several things at once: points from what was tapped, who takes what, and that nothing else shows."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.practices.onething.chapters.dividing import Piece
from nearer.practices.onething.fair.sharing import POINTS, points
from nearer.practices.onething.moves import (
    ALL,
    Add,
    Choose,
    Ending,
    How,
    Listed,
    NoneFits,
    Reframe,
    Spread,
    Take,
)
from nearer.practices.onething.protocol import OneThing
from nearer.protocol import Seat
from nearer.testing.examples import examples
from tests.unit.onething.evening import GUEST, HOST, both, played, seen

LEVELS = st.lists(st.integers(0, 10), min_size=2, max_size=ALL)
FOUR = st.tuples(*[st.integers(0, 5).map(lambda level: 2 * level)] * 4)
THINGS = ("dishes", "bins", "cooking", "the garden")
EASY = settings(max_examples=examples(150), deadline=None, derandomize=True, database=None)


def shared_out(one: tuple[int, ...], other: tuple[int, ...]) -> OneThing:
    """Four things were named, and both say how gladly they would take each."""
    turns = [(HOST if n % 2 else GUEST, Add(words=words)) for n, words in enumerate(THINGS)]
    named = played(seen(), *both(Choose(ending=Ending.SHARE)), *turns, *both(Listed()))
    assert named.stage == "spread"
    levels = {HOST: one, GUEST: other}
    return played(named, *[(seat, Spread(levels=(*levels[seat], *(0,) * ALL)[:ALL])) for seat in Seat])


@EASY
@given(levels=LEVELS)
def test_what_is_tapped_makes_a_hundred_points_in_its_proportions(levels: list[int]) -> None:
    made = points(levels)

    assert sum(made) == POINTS
    whole = sum(levels)
    for level, given_to in zip(levels, made, strict=True):
        exact = Fraction(POINTS * level, whole) if whole else Fraction(POINTS, len(levels))
        assert abs(given_to - exact) < 1
    assert points([2 * level for level in levels]) == made


@EASY
@given(one=FOUR, other=FOUR)
def test_pages_tell_nothing_but_who_takes_what(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    found = shared_out(one, other)
    split = found.view(HOST)["split"]
    # Whatever else leads to the same: whole things are wanted by one alone; what is in turns is looked for below.
    if not any(piece["in_turns"] for piece in split):
        plain = tuple(10 if piece["whose"] == "me" else 0 for piece in split)
        counter = tuple(10 - level for level in plain)
        same = shared_out(plain, counter)
        if same.view(HOST)["split"] == split:
            assert [same.view(seat) for seat in Seat] == [found.view(seat) for seat in Seat]
    assert not any(name in str(found.view(seat)) for seat in Seat for name in ("level", "points", "Fraction"))


def test_two_pairs_of_answers_with_one_division_give_the_same_pages_over_rounds() -> None:
    pairs = [((10, 8, 0, 0), (0, 0, 8, 10)), ((6, 6, 0, 0), (0, 0, 4, 4)), ((4, 4, 2, 0), (0, 2, 4, 4))]
    ends = []
    for one, other in pairs:
        first = shared_out(one, other)
        again = played(first, (GUEST, NoneFits()), (HOST, Reframe(how=How.TURNS)))
        ends.append(([first.view(seat) for seat in Seat], [again.view(seat) for seat in Seat], again.step))
    assert [piece["whose"] for piece in ends[0][0][0]["split"]] == ["me", "me", "you", "you"]
    assert ends[0] == ends[1] == ends[2]


def test_how_often_each_takes_a_turn_is_said_no_closer_than_more_often() -> None:
    cases = {
        Fraction(1): (HOST, False), Fraction(13, 15): (HOST, True), Fraction(3, 5): (None, True), Fraction(1, 2): (None, True),
        Fraction(2, 5): (None, True), Fraction(1, 3): (GUEST, True), Fraction(0): (GUEST, False),
    }  # fmt: skip
    pieces = {part: Piece.of("x", part) for part in cases}
    assert {part: (piece.seat, piece.in_turns) for part, piece in pieces.items()} == cases


def test_it_is_tried_once_both_say_so() -> None:
    found = shared_out((10, 8, 0, 0), (0, 0, 8, 10))
    trial = played(found, (HOST, Take(card=0)), (GUEST, Take(card=0)))

    assert trial.stage == "plan"
    assert [piece["whose"] for piece in trial.view(GUEST)["split"]] == ["you", "you", "me", "me"]
