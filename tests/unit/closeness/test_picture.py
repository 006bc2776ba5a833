"""What one may see of the weekly pictures, over random lives; and where the curve is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.closeness.picture.chart import NARROW, WIDE, drawn
from nearer.closeness.picture.curve import Over, Says, curve
from nearer.closeness.picture.rules import ENOUGH, TAKEN_BACK, Pick, Seen, Week, Wish, counts_from, seen_by
from nearer.protocol import Seat
from nearer.testing.examples import examples

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
ME, THEM = Seat.HOST, Seat.GUEST

WEEKS = st.dictionaries(st.integers(0, 60), st.integers(0, 7), max_size=30)
WISHES = st.one_of(st.none(), st.integers(-40, 1))


def week(ago: int) -> date:
    return MONDAY - timedelta(weeks=ago)


def picks(seat: Seat, levels: dict[int, int]) -> list[Pick]:
    return [Pick(seat=seat, week=week(ago).isoformat(), picture=level) for ago, level in levels.items()]


def wish(seat: Seat, days: int | None) -> list[Wish]:
    return [] if days is None else [Wish(seat=seat, since=(NOW + timedelta(days=days)).isoformat())]


def look(mine: dict[int, int], theirs: dict[int, int], my: int | None, their: int | None) -> Seen:
    return seen_by(
        ME, [*picks(ME, mine), *picks(THEM, theirs)], [*wish(ME, my), *wish(THEM, their)],
        today=NOW.date(), at=NOW,
    )  # fmt: skip


@settings(max_examples=examples(200))
@given(mine=WEEKS, theirs=WEEKS, other=WEEKS, my=WISHES, their=WISHES)
def test_nothing_tells_of_a_picture_before_both_are_in(
    mine: dict[int, int], theirs: dict[int, int], other: dict[int, int], my: int | None, their: int | None
) -> None:
    mine_missing = {ago: level for ago, level in other.items() if not mine.get(ago)}
    both = {ago: level for ago, level in theirs.items() if mine.get(ago)}
    assert look(mine, {**both, **mine_missing}, my, their) == look(mine, both, my, their)


@settings(max_examples=examples(200))
@given(mine=WEEKS, theirs=WEEKS, my=WISHES, their=WISHES)
def test_withdrawing_looks_like_not_enough_yet(
    mine: dict[int, int], theirs: dict[int, int], my: int | None, their: int | None
) -> None:
    withdrawn = look(mine, theirs, my, None)
    few = {ago: level for ago, level in theirs.items() if ago == 0}
    assert withdrawn == look(mine, few, my, their)
    assert withdrawn.curve == ()


@settings(max_examples=examples(200))
@given(mine=WEEKS, theirs=WEEKS, my=WISHES, their=WISHES)
def test_there_is_a_curve_only_of_weeks_that_opened_and_by_both_wishes(
    mine: dict[int, int], theirs: dict[int, int], my: int | None, their: int | None
) -> None:
    seen = look(mine, theirs, my, their)
    both = sorted(ago for ago in mine if mine[ago] and theirs.get(ago))
    wanted = my is not None and their is not None and max(my, their) <= 0
    assert [each.monday for each in seen.curve] == (
        [week(ago) for ago in both[::-1]] if wanted and len(both) >= ENOUGH else []
    )
    assert seen.now.is_open is (0 in both)
    assert [each.theirs for each in seen.own] == [None] * len(seen.own)


def test_a_wish_counts_from_the_next_morning_where_one_lives() -> None:
    assert counts_from(NOW, UTC) == datetime(2026, 11, 26, 6, tzinfo=UTC)


@pytest.mark.parametrize("wrong", [{"picture": 8}, {"picture": -1}, {"week": "2026-11-24"}, {"seat": "x"}])
def test_what_is_no_picture_of_a_week_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        replace(Pick(seat=ME, week=MONDAY.isoformat(), picture=4), **wrong)  # type: ignore[arg-type]


def weeks_of(*levels: tuple[int, int, int]) -> list[Week]:
    return [Week(monday=week(ago), mine=mine, theirs=theirs) for ago, mine, theirs in levels]


@pytest.mark.parametrize(
    ("mine", "theirs", "says"),
    [
        (range(1, 8), range(1, 8), Says.EARLY),
        ([1, 2, 3, 3, 4, 5, 6, 7], [1, 2, 2, 3, 4, 5, 5, 6], Says.CLOSER),
        ([1, 2, 3, 3, 4, 5, 6, 7], [4, 5, 4, 5, 4, 5, 4, 5], Says.ONE_CLOSER),
        ([4, 4, 4, 4, 4, 4, 4, 4], [1, 2, 3, 3, 4, 5, 6, 7], Says.ONE_CLOSER),
        ([7, 6, 5, 5, 4, 3, 2, 1], [6, 5, 5, 4, 3, 2, 2, 1], Says.APART),
        ([7, 6, 5, 5, 4, 3, 2, 1], [4, 4, 4, 4, 4, 4, 4, 4], Says.ONE_APART),
        ([1, 2, 3, 3, 4, 5, 6, 7], [7, 6, 5, 5, 4, 3, 2, 1], Says.DIFFER),
        ([4, 5, 4, 5, 4, 5, 4, 5], [5, 4, 5, 4, 5, 4, 5, 4], Says.STEADY),
    ],
)
def test_the_sentence_follows_the_two_lines(mine: list[int], theirs: list[int], says: Says) -> None:
    levels = list(zip(mine, theirs, strict=True))
    weeks = weeks_of(*((len(levels) - 1 - n, *both) for n, both in enumerate(levels)))
    assert curve(weeks, Over.MONTHS, monday=MONDAY).says is says


@settings(max_examples=examples(60))
@given(
    st.dictionaries(st.integers(0, 70), st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=1),
    st.sampled_from(Over),
    st.sampled_from([NARROW, WIDE]),
)
def test_everything_stands_on_the_sheet_and_gaps_stay_gaps(
    levels: dict[int, tuple[int, int]], over: Over, size: object
) -> None:
    weeks = weeks_of(*((ago, *levels[ago]) for ago in sorted(levels, reverse=True)))
    made = curve(weeks, over, monday=MONDAY)
    sheet = drawn(made, [week(3), week(500)], size, is_guest=False)  # type: ignore[arg-type]
    whole = [each for each in weeks if over is Over.ALL or each.monday >= made.begins]
    assert list(made.weeks) == (whole if made.weeks else [])
    gaps = sum(after.monday - before.monday != timedelta(weeks=1) for before, after in pairwise(made.weeks))
    for line in sheet.lines:
        assert len(line.dots) == len(made.weeks)
        points = sum(len(part.split()) for part in line.parts)
        assert points - len(line.parts) == max(0, len(made.weeks) - 1) - gaps
        for x, y in line.dots:
            assert 0 <= x <= sheet.size.wide
            assert 0 <= y <= sheet.size.high
    assert abs(sheet.lines[0].end[1] - sheet.lines[1].end[1]) >= 15.9 or not made.weeks
    assert len(sheet.days) == len({across for across, _ in sheet.days})
    assert len(sheet.marks) <= 1


MINE_COULD, THEIRS_COULD = (None, TAKEN_BACK, 4), (None, TAKEN_BACK, 1, 7)
WEEKS_OF_ALL = range(3)


def test_no_combination_of_what_one_sees_lets_the_others_private_answer_be_computed() -> None:
    """Every life of three weeks: whatever one has said and sees, all that the other may have said in private fits it."""
    fits: dict[tuple[tuple[int | None, ...], int | None, Seen], set[tuple[int | None, ...]]] = {}
    for mine in product(MINE_COULD, repeat=len(WEEKS_OF_ALL)):
        for my, theirs, their in product((None, -1), product(THEIRS_COULD, repeat=3), (None, -1, 1)):
            picked, other = (
                {ago: each for ago, each in enumerate(said) if each is not None} for said in (mine, theirs)
            )
            fits.setdefault((mine, my, look(picked, other, my, their)), set()).add((*theirs, their))
    assert sum(map(len, fits.values())) == 27 * 2 * 64 * 3
    for (said, _my, view), could in fits.items():
        shown = ({0} if view.now.is_open else set()) | (set(WEEKS_OF_ALL) if view.curve else set())
        for ago in WEEKS_OF_ALL:
            if not said[ago]:
                assert {each[ago] for each in could} == set(THEIRS_COULD)
            elif ago not in shown and ago:
                assert {each[ago] for each in could} == set(THEIRS_COULD), (
                    "an earlier week is seen in the curve alone"
                )
        if not view.curve:
            assert {each[-1] for each in could} == {None, -1, 1}, "nobody learns why there is no curve"


def test_after_months_without_pictures_the_last_week_is_named() -> None:
    known = weeks_of((30, 3, 3), (20, 4, 4))
    assert curve(known, Over.ALL, monday=MONDAY).paused == known[-1].monday
    assert curve(weeks_of((30, 3, 3), (8, 4, 4)), Over.ALL, monday=MONDAY).paused is None
