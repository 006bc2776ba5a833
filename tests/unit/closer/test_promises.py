"""Promises: three at most, two weeks at most, marked by whoever made them, and a month later gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.practices.closer.promises.rules import SHOWN_FOR, NotOpen, Promise, State
from nearer.protocol import Seat

HOST, GUEST = Seat.HOST, Seat.GUEST
TODAY = date(2026, 5, 4)
DUE = TODAY + timedelta(days=3)
PROMISE = Promise(seat=HOST, cue="I come home", act="call", by=DUE.isoformat(), said=TODAY.isoformat())


def test_only_its_own_person_marks_or_changes_it() -> None:
    for state in State:
        with pytest.raises(NotOpen):
            PROMISE.marked(GUEST, state)
    with pytest.raises(NotOpen):
        PROMISE.changed(GUEST, "x", "y", DUE, today=TODAY)
    with pytest.raises(NotOpen):
        PROMISE.as_noticed(HOST, noticed=True)
    assert PROMISE.marked(HOST, State.KEPT).marked(HOST, State.OPEN) == PROMISE


def test_that_it_did_not_happen_is_never_said_beside_that_somebody_noticed() -> None:
    noticed = PROMISE.as_noticed(GUEST, noticed=True)
    for seat in Seat:
        owned, kept = (
            noticed.marked(HOST, state, "sorry").seen_by(seat, today=TODAY)
            for state in (State.OWNED, State.KEPT)
        )
        assert owned is not None
        assert kept is not None
        assert (owned.noticed, kept.noticed) == (False, True)


def test_it_is_changed_in_time_until_its_day_is_over() -> None:
    changed = PROMISE.changed(HOST, "I wake", "call", DUE + timedelta(days=9), today=DUE)

    seen = changed.seen_by(GUEST, today=DUE)
    assert seen is not None
    assert (seen.cue, seen.earlier, seen.state) == ("I wake", (("I come home", "call"),), State.OPEN)
    with pytest.raises(NotOpen):
        PROMISE.changed(HOST, "I wake", "call", DUE, today=DUE + timedelta(days=1))
    assert PROMISE.changed(HOST, PROMISE.cue, PROMISE.act, DUE, today=TODAY) is PROMISE


def test_whoever_it_was_made_to_finds_no_day_that_is_over_and_is_asked_nothing() -> None:
    late = DUE + timedelta(days=1)
    mine, theirs = (PROMISE.seen_by(seat, today=late) for seat in Seat)

    assert mine is not None
    assert theirs is not None
    assert (mine.by, mine.asks) == (DUE, True)
    assert (theirs.by, theirs.asks, theirs.state) == (None, False, State.OPEN)


def test_a_month_after_it_was_put_into_words_it_is_gone_for_both() -> None:
    last = TODAY + SHOWN_FOR
    for state in State:
        for seat in Seat:
            marked = PROMISE.marked(HOST, state)
            assert marked.seen_by(seat, today=last) is not None
            assert marked.seen_by(seat, today=last + timedelta(days=1)) is None


def test_taken_back_it_reads_withdrawn_and_holds_no_word() -> None:
    left = PROMISE.changed(HOST, "canary47", "z", DUE, today=TODAY).without(HOST)

    assert left is not None
    assert "canary47" not in str(left)
    assert "come home" not in str(left)
    assert left.seen_by(HOST, today=TODAY) is None
    seen = left.seen_by(GUEST, today=TODAY)
    assert seen is not None
    assert seen.withdrawn
    assert left.without(GUEST) is None


@given(st.integers(-2, 40), st.sampled_from(list(State)))
def test_what_became_of_it_is_seen_only_as_its_own_person_says(days: int, state: State) -> None:
    day, marked = TODAY + timedelta(days=days), PROMISE.marked(HOST, state, "canary47")
    seen = marked.seen_by(GUEST, today=day)

    assert ("canary47" in str(seen)) == (seen is not None and state is State.OWNED)
    assert marked.is_open(day) == (state is State.OPEN and day <= DUE)


@pytest.mark.parametrize(
    "odd", [{"seat": ""}, {"state": "broken"}, {"by": "soon"}, {"said": ""}, {"earlier": [["a", "b", "c"]]}]
)
def test_what_fits_no_promise_does_not_open(odd: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of whichever field
        replace(PROMISE, **odd)
