"""The end of the Floor: one thing each, and whether to keep it."""

import pytest

from nearer.practices.listening.moves import Coin, EndHere, Feel, Keep, Note, Swap, Volunteer
from nearer.practices.listening.protocol import Listening
from nearer.protocol import Leave, Seat
from tests.unit.listening.floor import (
    GUEST,
    HOST,
    NO,
    NOT_ENOUGH,
    checking,
    heard,
    keeping,
    not_yet,
    noting,
    play,
    speaking,
    warmed,
)

PAIRS = [(True, True), (True, False), (False, True), (False, False)]


def kept(*, host: bool, guest: bool) -> Listening:
    return play(keeping(), (HOST, Keep(keep=host)), (GUEST, Keep(keep=guest)))


def test_after_both_had_the_floor_each_writes_one_thing() -> None:
    now = noting()

    assert now.stage == "note"
    assert now.speaker is None
    assert not now.view(HOST)["i_speak"]
    assert set(now.view(HOST)["floors"]) == set(Seat)


@pytest.mark.parametrize("seat", Seat)
def test_either_may_end_after_one_floor(seat: Seat) -> None:
    now = play(heard(speaking()), (seat, EndHere()))

    assert now.stage == "note"
    assert now.floors == (HOST,)


def test_left_there_for_today_still_gives_the_other_the_floor() -> None:
    first = play(not_yet(not_yet(checking())), (HOST, NO), (HOST, NOT_ENOUGH))
    both = play(heard(play(first, (GUEST, Swap())), GUEST))

    assert first.stage == "swap"
    assert both.stage == "note"


def test_the_coin_is_not_shown_for_the_second_floor() -> None:
    now = play(heard(play(warmed(), (HOST, Coin(heads=True)))), (GUEST, Swap()))

    assert now.view(HOST)["coin"] is None


def test_notes_open_together() -> None:
    one = play(noting(), (GUEST, Note(words="their worry")))
    both = play(one, (HOST, Note(words="")))

    assert one.view(HOST) == noting().view(HOST)
    assert one.view(GUEST)["notes"] == {GUEST: "their worry"}
    assert one.view(GUEST)["sealed_mine"]
    assert both.stage == "keep"
    assert both.view(HOST)["notes"] == {HOST: "", GUEST: "their worry"}
    assert not both.view(GUEST)["sealed_mine"]


@pytest.mark.parametrize(("host", "guest"), PAIRS)
def test_it_is_kept_only_if_both_say_so(*, host: bool, guest: bool) -> None:
    now = kept(host=host, guest=guest)

    assert now.done
    assert now.kept == (host and guest)
    assert now.outcome == {"topic": "The drive home" if now.kept else "", "easy": True, "kept": now.kept}


def test_nobody_is_shown_who_did_not_want_to_keep_it() -> None:
    views = [{**kept(host=host, guest=guest).view(GUEST), "seat": None} for host, guest in PAIRS[1:]]

    assert all(view == views[0] for view in views)


def test_one_answer_shows_nothing() -> None:
    one = play(keeping(), (HOST, Keep(keep=False)))

    assert one.view(GUEST) == keeping().view(GUEST)
    assert one.view(HOST)["sealed_mine"]
    assert not one.kept
    assert not one.outcome["kept"]


def test_what_is_kept_is_everything_that_was_said() -> None:
    view = kept(host=True, guest=True).view(HOST)

    assert [saying["kind"] for saying in view["said"]] == ["spoke", "reflected"] * 2
    assert view["notes"] == {HOST: "mine", GUEST: "yours"}
    assert view["topic"] == "The drive home"


def test_what_is_not_kept_is_gone() -> None:
    view = kept(host=True, guest=False).view(HOST)

    assert view["said"] == []
    assert view["notes"] == {}
    assert view["topic"] == ""
    assert not view["kept"]


def test_a_practised_pair_may_have_had_a_warm_one() -> None:
    now = play(warmed(Feel.TOUCHY, practised=2), (HOST, Volunteer()))

    assert not now.outcome["easy"]


def test_leaving_shows_nothing_of_what_was_said() -> None:
    now = play(keeping(), (HOST, Leave()))

    assert "notes" not in now.view(GUEST)
    assert "said" not in now.view(HOST)
