"""Everyday, good news, something hard."""

import pytest

from nearer.practices.listening.moves import Heat, SetTopic, Swap, Variant, Volunteer, Way
from nearer.practices.listening.stages import Stage
from nearer.protocol import IllegalMove
from tests.unit.listening.floor import (
    ENOUGH,
    GUEST,
    HOST,
    MORE,
    NEARLY,
    NO_MORE,
    NOON,
    YES,
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


def test_good_news_needs_no_heat() -> None:
    now = play(opened(), (HOST, SetTopic(topic="The letter came", variant=Variant.GOOD)))

    assert now.stage is Stage.ROLES
    assert now.view(GUEST)["variant"] == "good"


def test_good_news_is_met_with_one_of_three_ways_not_said_back() -> None:
    now = play(good_news(), (HOST, speak("I got the place.")))

    assert now.stage is Stage.CHEER
    with pytest.raises(IllegalMove):
        now.play(GUEST, reflect(), NOON)
    now = play(now, (GUEST, cheer("It shows how you kept at it.", Way.SHOWS)))
    assert now.stage is Stage.CHECK
    assert now.view(HOST)["said"][-1] == {
        "seat": GUEST, "kind": "cheered", "words": "It shows how you kept at it.", "aloud": False,
        "way": "shows", "mine": False,
    }  # fmt: skip


def test_a_way_of_being_glad_counts_without_words() -> None:
    now = play(good_news(), (HOST, speak()), (GUEST, cheer("", Way.MARK)))

    assert now.view(HOST)["said"][-1]["way"] == "mark"
    assert now.view(HOST)["said"][-1]["aloud"]


def test_only_the_speaker_says_whether_their_joy_was_met() -> None:
    now = play(good_news(), (HOST, speak()), (GUEST, cheer()))

    with pytest.raises(IllegalMove):
        now.play(GUEST, YES, NOON)
    now = play(now, (HOST, NEARLY))
    assert now.stage is Stage.CLARIFY
    assert play(now, (HOST, clarify())).stage is Stage.CHEER


def test_good_news_comes_round_without_validating_or_asking() -> None:
    now = play(good_news(), (HOST, speak()), (GUEST, cheer()), (HOST, YES))

    assert now.stage is Stage.MORE
    assert play(now, (HOST, MORE)).stage is Stage.SPEAK
    swapped = play(now, (HOST, NO_MORE), (GUEST, Swap()))
    assert swapped.speaker is GUEST
    assert play(swapped, (GUEST, speak())).stage is Stage.CHEER


def test_good_news_that_was_not_met_may_be_close_enough() -> None:
    now = play(good_news(), (HOST, speak()), (GUEST, cheer()))
    for _ in range(2):
        now = play(now, (HOST, NEARLY), (HOST, clarify()), (GUEST, cheer()))
    now = play(now, (HOST, NEARLY))

    assert now.stage is Stage.ENOUGH
    assert play(now, (HOST, ENOUGH)).stage is Stage.MORE


def test_good_news_opens_nothing_warm() -> None:
    """The gate counts easy topics that both have rated; good news were not rated."""
    assert not good_news().easy


@pytest.mark.parametrize("practised", [0, 1])
def test_something_hard_waits_for_two_easy_floors(practised: int) -> None:
    now = play(opened(practised=practised), (HOST, HARD))

    assert now.stage is Stage.TOPIC
    assert now.view(GUEST)["easier"]
    assert now.view(GUEST)["topic"] == ""
    assert not now.view(HOST)["may_be_hard"]


@pytest.mark.parametrize("levels", [(0, 0), (10, 10)])
def test_something_hard_is_theirs_after_two_easy_floors(levels: tuple[int, int]) -> None:
    now = play(
        opened(practised=2), (HOST, HARD), (HOST, Heat(level=levels[0])), (GUEST, Heat(level=levels[1]))
    )

    assert now.stage is Stage.ROLES
    assert now.view(HOST)["may_be_hard"]
    assert not now.easy


@pytest.mark.parametrize(
    ("host", "guest", "goes_on"), [(3, 3, True), (3, 4, False), (4, 3, False), (0, 10, False)]
)
def test_an_everyday_topic_up_to_three_goes_on(host: int, guest: int, *, goes_on: bool) -> None:
    now = warmed(host, guest)

    assert (now.stage is Stage.ROLES) is goes_on
    assert now.easy is goes_on


def test_a_new_topic_can_be_of_another_sort() -> None:
    now = play(warmed(9, 9), (GUEST, SetTopic(topic="The exam", variant=Variant.GOOD)), (GUEST, Volunteer()))

    assert now.variant is Variant.GOOD
    assert now.stage is Stage.SPEAK
