"""Questionnaires as they were published, and what is said of their answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nearer.closeness.checkup.comparing import compared
from nearer.closeness.checkup.instruments import fitting, instruments
from nearer.closeness.checkup.keeping import pictures_say
from nearer.closeness.picture.rules import Week
from nearer.statistics.change import Change

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(("name", "most", "items", "cut"), [("csi-16", 81, 16, 51.5), ("csi-4", 21, 4, 13.5)])
def test_the_sums_are_the_published_ones(name: str, most: int, items: int, cut: float) -> None:
    form = instruments()[name]
    assert (form.most, len(form.items), form.cut) == (most, items, cut)
    best = tuple(item.scores.index(max(item.scores)) for item in form.items)
    worst = tuple(item.scores.index(0) for item in form.items)
    assert form.score(best) == most
    assert form.score(worst) == 0
    assert not form.verified, "the figures are to be compared with the paper first"
    assert all(len(item.labels or item.scores) == len(item.scores) for item in form.items)


def test_the_short_form_is_four_items_of_the_long_one_and_which_way_they_count_is_kept() -> None:
    long, short = instruments()["csi-16"].items, instruments()["csi-4"].items
    assert short == tuple(long[n - 1] for n in (1, 5, 7, 10))
    falling = [n for n, item in enumerate(long, 1) if item.scores[0] > item.scores[-1]]
    assert falling == [2, 11, 13, 14, 16]
    assert long[11].poles == ("Bad", "Good")


@pytest.mark.parametrize("answers", [(1, 1, 1), (1, 1, 1, 6), (7, 0, 0, 0), (-1, 0, 0, 0), (0,) * 5])
def test_what_is_incomplete_or_no_answer_has_no_sum(answers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        instruments()["csi-4"].score(answers)


def test_they_are_for_romantic_pairs() -> None:
    assert [each.name for each in fitting("partner")] == ["csi-4", "csi-16"]
    assert fitting("friend") == fitting("sibling") == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (48, 53, Change.NONE),
        (48, 54, Change.NONE),
        (48, 55, Change.MAYBE_UP),
        (48, 58, Change.MAYBE_UP),
        (48, 63, Change.UP),
        (63, 48, Change.DOWN),
        (55, 48, Change.MAYBE_DOWN),
    ],
)
def test_both_thresholds(before: int, after: int, said: Change) -> None:
    form = instruments()["csi-16"]
    assert compared(form, [(0, after), (182, before)]) is said


def test_answers_of_five_months_are_taken_together() -> None:
    form = instruments()["csi-4"]
    assert compared(form, [(0, 14.0), (91, 14.0), (182, 10.0), (273, 10.0)]) is Change.UP
    assert compared(form, [(0, 14.0), (182, 10.0)]) is Change.MAYBE_UP
    assert compared(form, [(0, 14.0), (91, 10.0)]) is None
    assert compared(form, [(0, 14.0), (400, 1.0)]) is None


@pytest.mark.parametrize(
    ("early", "late", "said"),
    [
        ([4] * 4, [6] * 4, Change.UP),
        ([4] * 4, [5] * 4, Change.NONE),
        ([6] * 4, [4] * 4, Change.DOWN),
        ([6] * 3, [4] * 4, None),
    ],
)
def test_pictures_differ_by_two_or_not(early: list[int], late: list[int], said: Change | None) -> None:
    weeks = [Week(monday=DAY - timedelta(weeks=n), mine=level) for n, level in enumerate(late)]
    weeks += [Week(monday=DAY - timedelta(weeks=30 + n), mine=level) for n, level in enumerate(early)]
    assert pictures_say(tuple(weeks), today=DAY) is said
