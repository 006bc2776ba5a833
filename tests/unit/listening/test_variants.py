"""Everyday, good news, something hard."""

import pytest

from nearer.practices.listening.moves import Feel, Glad, Heat, SetTopic, Swap, TakeTopic, Variant
from nearer.protocol import IllegalMove, Seat
from tests.unit.listening.floor import (
    ENOUGH,
    GUEST,
    HOST,
    MORE,
    NEARLY,
    NO_MORE,
    NOON,
    YES,
    about,
    cheer,
    clarify,
    good_news,
    opened,
    play,
    reflect,
    speak,
    warmed,
)

HARD = SetTopic(topic="What happened in May", variant=Variant.HARD)


@pytest.mark.parametrize("first", Seat)
def test_whose_good_news_it_is_speaks_first_and_says_nothing_of_heat(first: Seat) -> None:
    now = good_news(first)

    assert now.stage == "speak"
    assert now.speaker is first
    assert now.view(GUEST)["variant"] == "good"


def test_good_news_is_met_with_one_of_three_ways_not_said_back() -> None:
    now = play(good_news(), (HOST, speak("I got the place.")))

    assert now.stage == "cheer"
    with pytest.raises(IllegalMove):
        now.play(GUEST, reflect(), NOON)
    now = play(now, (GUEST, cheer("It shows how you kept at it.", Glad.SHOWS)))
    assert now.stage == "check"
    assert now.view(HOST)["said"][-1] == {
        "seat": GUEST, "kind": "cheered", "words": "It shows how you kept at it.", "aloud": False,
        "way": "shows", "mine": False,
    }  # fmt: skip


def test_a_way_of_being_glad_counts_without_words() -> None:
    now = play(good_news(), (HOST, speak()), (GUEST, cheer("", Glad.MARK)))

    assert now.view(HOST)["said"][-1]["way"] == "mark"
    assert now.view(HOST)["said"][-1]["aloud"]


def test_only_the_speaker_says_whether_their_joy_was_met() -> None:
    now = play(good_news(), (HOST, speak()), (GUEST, cheer()))

    with pytest.raises(IllegalMove):
        now.play(GUEST, YES, NOON)
    now = play(now, (HOST, NEARLY))
    assert now.stage == "clarify"
    assert play(now, (HOST, clarify())).stage == "cheer"


def test_good_news_comes_round_without_validating_or_asking() -> None:
    now = play(good_news(), (HOST, speak()), (GUEST, cheer()), (HOST, YES))

    assert now.stage == "more"
    assert play(now, (HOST, MORE)).stage == "speak"
    swapped = play(now, (HOST, NO_MORE), (GUEST, Swap()))
    assert swapped.speaker is GUEST
    assert play(swapped, (GUEST, speak())).stage == "cheer"


def test_good_news_that_was_not_met_may_be_close_enough() -> None:
    now = play(good_news(), (HOST, speak()), (GUEST, cheer()))
    for _ in range(2):
        now = play(now, (HOST, NEARLY), (HOST, clarify()), (GUEST, cheer()))
    now = play(now, (HOST, NEARLY))

    assert now.stage == "enough"
    assert play(now, (HOST, ENOUGH)).stage == "more"


def test_good_news_opens_nothing_warm() -> None:
    """The gate counts easy topics that both have rated; good news were not rated."""
    assert not good_news().easy


@pytest.mark.parametrize("practised", [0, 1])
def test_something_hard_waits_for_two_easy_floors(practised: int) -> None:
    now = play(opened(practised=practised), (HOST, HARD), (GUEST, TakeTopic()))

    assert now.stage == "topic"
    assert now.view(GUEST)["easier"]
    assert now.view(GUEST)["topic"] == ""
    assert not now.view(HOST)["may_be_hard"]


@pytest.mark.parametrize("feel", [Feel.EASY, Feel.TOUCHY])
def test_something_hard_is_theirs_after_two_easy_floors(feel: Feel) -> None:
    now = play(about(variant=Variant.HARD, practised=2), (HOST, Heat(level=feel)), (GUEST, Heat(level=feel)))

    assert now.stage == "roles"
    assert now.view(HOST)["may_be_hard"]
    assert not now.easy


def test_a_new_topic_can_be_of_another_sort() -> None:
    exam = SetTopic(topic="The exam", variant=Variant.GOOD)
    now = play(warmed(Feel.TOUCHY, Feel.TOUCHY), (GUEST, exam), (HOST, TakeTopic()))

    assert now.variant is Variant.GOOD
    assert now.stage == "speak"
    assert now.speaker is GUEST
