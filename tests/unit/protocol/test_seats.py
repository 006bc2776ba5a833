"""Seats, and what is sealed between them."""

import pytest

from nearer.protocol import Both, Seat


def test_each_seat_faces_the_other() -> None:
    assert Seat.HOST.other is Seat.GUEST
    assert Seat.GUEST.other is Seat.HOST


def test_nobody_sees_the_other_before_both_are_in() -> None:
    one = Both[str]().put(Seat.GUEST, "mine")

    assert not one.complete
    assert one.seen_by(Seat.GUEST) == {Seat.GUEST: "mine"}
    assert one.seen_by(Seat.HOST) == {}
    assert one.waiting_for(Seat.HOST)
    assert not one.waiting_for(Seat.GUEST)


def test_both_see_both_when_both_are_in() -> None:
    both = Both[str]().put(Seat.GUEST, "mine").put(Seat.HOST, "yours")

    assert both.complete
    assert both.seen_by(Seat.HOST) == both.seen_by(Seat.GUEST) == both.given


def test_nothing_tells_who_was_first() -> None:
    one = Both[int]().put(Seat.GUEST, 1).put(Seat.HOST, 2)
    other = Both[int]().put(Seat.HOST, 2).put(Seat.GUEST, 1)

    assert repr(one) == repr(other)
    assert hash(one) == hash(other)


def test_an_answer_is_given_once() -> None:
    one = Both[int]().put(Seat.HOST, 1)

    with pytest.raises(ValueError, match="already"):
        one.put(Seat.HOST, 2)
    assert one.given == {Seat.HOST: 1}
