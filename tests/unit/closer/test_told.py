"""Tellings: who may receive what in which way, and what is left when words are withdrawn."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.practices.closer.told.rules import CARE, PARTS, SAYS_BACK, WISHES, NotOpen, Sort, Told, Way, Wish
from nearer.protocol import Seat

HOST, GUEST = Seat.HOST, Seat.GUEST
SECRET = "canary47"
EVERY = [(sort, wish) for sort in Sort for wish in WISHES[sort]]


def told(sort: Sort = Sort.HOPE, wish: Wish = Wish.NOTHING) -> Told:
    return Told(seat=HOST, sort=sort, said={PARTS[sort][0]: SECRET}, wish=wish, by="2026-05-01", of="a hope")


@pytest.mark.parametrize("wish", WISHES[Sort.HOPE])
def test_what_is_shared_is_received_in_four_ways_whatever_is_wished(wish: Wish) -> None:
    assert told(wish=wish).ways == CARE
    assert {way.value for way in CARE} == {"thank", "back", "touched", "want"}


def test_a_view_is_given_where_one_was_asked_for_and_with_what_was_heard() -> None:
    asked = told(Sort.AHEAD, Wish.VIEW)

    assert asked.ways == (Way.VIEW,)
    assert told(Sort.AHEAD).ways == (Way.THANK,)
    seen = asked.answered(GUEST, Way.VIEW, "you are torn", "I would stay").seen_by(HOST)
    assert seen is not None
    assert (seen.words, seen.view) == ("you are torn", "I would stay")


def test_not_yet_is_an_answer_and_leaves_the_others_open() -> None:
    answered = told(Sort.REPAIR).answered(GUEST, Way.NOT_YET, "")

    assert answered.ways == (Way.GOOD, Way.BACK)
    assert answered.answered(GUEST, Way.GOOD, "").ways == ()


@pytest.mark.parametrize(("sort", "wish"), EVERY)
def test_nobody_receives_their_own_and_an_answer_is_given_once(sort: Sort, wish: Wish) -> None:
    open_ = told(sort, wish)
    for way in Way:
        with pytest.raises(NotOpen):
            open_.answered(HOST, way, "words")
        if way not in open_.ways:
            with pytest.raises(NotOpen):
                open_.answered(GUEST, way, "words")
    done = open_.answered(GUEST, open_.ways[0], "words")
    for way in Way:
        with pytest.raises(NotOpen):
            done.answered(GUEST, way, "other words")


def test_whoever_is_asked_what_they_would_like_says_it_once() -> None:
    asked = told().answered(GUEST, Way.WANT, "")

    assert asked.may_reply(HOST)
    assert not asked.may_reply(GUEST)
    replied = asked.replied(HOST, "a walk")
    for seat in Seat:
        with pytest.raises(NotOpen):
            replied.replied(seat, "more")


@pytest.mark.parametrize("way", CARE)
def test_a_say_back_is_made_of_the_words_and_goes_with_them(way: Way) -> None:
    left = told().answered(GUEST, way, "their words").without(HOST)

    assert left is not None
    assert left.way == ("" if way in SAYS_BACK else way)
    assert ("their words" in str(asdict(left))) == (way not in SAYS_BACK)


@pytest.mark.parametrize(("sort", "wish"), EVERY)
def test_an_answer_taken_back_opens_the_ways_again(sort: Sort, wish: Wish) -> None:
    open_ = told(sort, wish)
    left = open_.answered(GUEST, open_.ways[0], "their words", "their view").without(GUEST)
    assert left is not None
    seen = {seat: left.seen_by(seat) for seat in Seat}

    assert (left.ways, "their" in str(asdict(left))) == (open_.ways, False)
    assert [each and (each.answer_withdrawn, each.waits) for each in seen.values()] == [(True, False)] * 2
    assert left.answered(GUEST, open_.ways[-1], "anew") == open_.answered(GUEST, open_.ways[-1], "anew")


def test_words_taken_back_after_the_answer_was_read_withdrawn_as_well() -> None:
    left = told().answered(GUEST, Way.TOUCHED, "their words").without(GUEST)
    gone = left and left.without(HOST)

    assert gone is not None
    seen = gone.seen_by(GUEST)
    assert seen is not None
    assert (seen.withdrawn, seen.said, gone.seen_by(HOST)) == (True, (), None)
    assert gone.without(GUEST) is None, "and can be folded away"


ACTS = st.lists(
    st.tuples(
        st.sampled_from(list(Seat)),
        st.sampled_from(["answer", "reply", "without"]),
        st.sampled_from(list(Way)),
        st.text(max_size=3),
    ),
    max_size=8,
)


@given(st.sampled_from(EVERY), ACTS)
def test_whatever_two_people_do_withdrawn_words_reach_nobody_and_no_way_opens_that_was_shut(
    which: tuple[Sort, Wish], acts: list[tuple[Seat, str, Way, str]]
) -> None:
    now: Told | None = told(*which)
    for seat, act, way, words in acts:
        if now is None:
            return
        before = now
        with suppress(NotOpen):
            match act:
                case "answer":
                    now = before.answered(seat, way, f"{words}{SECRET}", words)
                case "reply":
                    now = before.replied(seat, words)
                case _:
                    now = before.without(seat)
        if now is None:
            assert before.gone or not before.said
            continue
        for each in Seat:
            seen = now.seen_by(each)
            assert seen is None or seen.mine == (each is HOST)
            assert seen is None or not (seen.mine and seen.ways)
            if now.gone == HOST and now.way in {"", *SAYS_BACK}:
                assert SECRET not in str(seen)
        assert now.seat == HOST
        assert (now.gone == HOST) == (not now.said)


@pytest.mark.parametrize(
    "odd", [{"seat": "third"}, {"seat": ""}, {"sort": "quiz"}, {"wish": "proof"}, {"way": "advice"}, {"gone": "x"}, {"by": "soon"}]
)  # fmt: skip
def test_what_fits_no_telling_does_not_open(odd: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of whichever field
        replace(told(), **odd)
