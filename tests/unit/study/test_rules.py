"""When the two looks are open, what one may see of the other's yes, and what may leave a box."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.protocol import Seat
from nearer.study.rules import Row, Stand, Wave, What, Wish, is_over, may_leave, stand

DAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
ME, THEM = Seat.HOST, Seat.GUEST
PEOPLE = {ME: "me", THEM: "them"}
STUDY = "a study"


def yes(seat: Seat, what: What = What.LOOK, *, ago: int = 0, who: str = "") -> Wish:
    since = (NOW - timedelta(days=ago)).isoformat()
    return Wish(
        seat=seat,
        who=who or PEOPLE[seat],
        what=what,
        since=since,
        study=STUDY if what is What.GIVE else "",
    )


def seen(*wishes: Wish, study: str = STUDY, later: int = 0) -> Stand:
    day = timedelta(days=later)
    return stand(ME, PEOPLE, wishes, study=study, today=DAY + day, at=NOW + day)


@given(st.sets(st.sampled_from(list(What))), st.sets(st.sampled_from(list(What))), st.integers(-3, 90))
def test_what_one_sees_does_not_differ_by_the_others_yes_before_both(
    mine: set[What], theirs: set[What], ago: int
) -> None:
    alone = [yes(ME, what) for what in mine]
    both = alone + [yes(THEM, what, ago=ago) for what in theirs - mine]

    assert seen(*both, later=2) == seen(*alone, later=2)


@pytest.mark.parametrize(
    ("later", "wave"),
    [
        (0, Wave.BEFORE),
        (13, Wave.BEFORE),
        (14, None),
        (41, None),
        (42, Wave.AFTER),
        (69, Wave.AFTER),
        (70, None),
    ],
)
def test_the_looks_open_and_end_by_themselves(later: int, wave: Wave | None) -> None:
    wishes = [yes(ME, ago=3), yes(THEM)]

    now = seen(*wishes, later=later)

    assert now.wave is wave
    assert (now.begun == DAY) is (later < 70)
    assert is_over(PEOPLE, wishes, today=DAY + timedelta(days=later), at=NOW + timedelta(days=later)) is (
        later >= 70
    )


def test_a_yes_counts_from_the_morning_after_and_for_nobody_who_sits_there_later() -> None:
    assert seen(yes(ME), yes(THEM, ago=-1)).begun is None
    assert seen(yes(ME), yes(THEM, who="somebody else")).begun is None


def test_giving_needs_both_in_the_same_study() -> None:
    give = [yes(seat, What.GIVE) for seat in Seat]

    assert seen(*give).is_giving
    assert not seen(*give[:1]).is_giving
    assert not seen(*give, study="another").is_giving
    assert not seen(*give, study="").is_giving


def rows(pairs: int, waves: tuple[Wave, ...] = (Wave.BEFORE,), people: tuple[int, ...] = (1, 2)) -> list[Row]:
    return [
        Row(pair=f"P{n:02}", person=person, wave=wave, picture=4)
        for n, wave, person in product(range(pairs), waves, people)
    ]


def test_fewer_than_ten_pairs_leave_nothing() -> None:
    assert may_leave(rows(9)) == []
    assert may_leave(rows(10)) == rows(10)
    assert may_leave([]) == []


def test_of_one_person_alone_nothing_leaves_and_each_look_is_counted_by_itself() -> None:
    everything = rows(10, tuple(Wave))
    alone = Row(pair="P99", person=1, wave=Wave.BEFORE, picture=7)
    one_less = [row for row in everything if (row.pair, row.person, row.wave) != ("P00", 1, Wave.AFTER)]

    assert may_leave([alone, *everything]) == everything
    assert may_leave(one_less) == rows(10)
