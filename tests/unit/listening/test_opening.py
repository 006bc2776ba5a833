"""The Floor before anybody speaks: a topic, how it feels, and who goes first."""

import pytest

from nearer.practices.listening.moves import Coin, Feel, Heat, SetTopic, TakeTopic, Volunteer
from nearer.practices.listening.protocol import Listening
from nearer.protocol import IllegalMove, Leave, Mode, Pause, Ready, Seat
from tests.unit.listening.floor import GUEST, HOST, NOON, about, after, opened, play, speaking, warmed


def own(now: object, seat: Seat) -> set[str]:
    """What the room itself opens to the seat."""
    return {kind.__name__ for kind in now.legal(seat) - {Leave, Pause}}  # type: ignore[attr-defined]


@pytest.mark.parametrize("seat", Seat)
def test_either_may_suggest_a_topic_and_the_other_says_yes(seat: Seat) -> None:
    now = play(opened(), (seat, SetTopic(topic="Mornings")))

    assert own(opened(), seat) == {"SetTopic"}
    assert own(now, seat) == set()
    assert own(now, seat.other) == {"SetTopic", "TakeTopic"}
    assert now.view(seat)["topic"] == ""
    assert [each["mine"] for each in now.view(seat)["suggested"]] == [True]
    taken = play(now, (seat.other, TakeTopic()))
    assert taken.stage == "heat"
    assert taken.view(HOST)["topic"] == taken.view(GUEST)["topic"] == "Mornings"


def test_a_suggestion_leaves_the_step_so_that_what_the_other_is_writing_can_still_be_sent() -> None:
    now = play(opened(), (HOST, SetTopic(topic="Mornings")))
    both = play(now, (GUEST, SetTopic(topic="Evenings")))

    assert opened().step == now.step == both.step
    assert own(both, HOST) == {"SetTopic", "TakeTopic"}
    assert [each["topic"] for each in both.view(HOST)["suggested"]] == ["Mornings", "Evenings"]
    assert play(both, (HOST, TakeTopic())).topic == "Evenings"
    another = play(both, (HOST, SetTopic(topic="Nights")))
    assert [each["topic"] for each in another.view(HOST)["suggested"]] == ["Evenings", "Nights"]


def test_a_topic_is_taken_once() -> None:
    with pytest.raises(IllegalMove):
        about().play(HOST, SetTopic(topic="Evenings"), NOON)


EASY, TOUCHY, NOT_TODAY = Feel


@pytest.mark.parametrize(
    ("host", "guest", "practised", "stage"),
    [
        (EASY, EASY, 0, "roles"),
        (EASY, TOUCHY, 0, "topic"),
        (TOUCHY, EASY, 1, "topic"),
        (NOT_TODAY, EASY, 1, "topic"),
        (TOUCHY, TOUCHY, 2, "roles"),
        (TOUCHY, EASY, 3, "roles"),
        (TOUCHY, NOT_TODAY, 3, "topic"),
    ],
)
def test_a_touchy_topic_waits_until_they_are_practised_and_not_today_is_not_today(
    host: Feel, guest: Feel, practised: int, stage: str
) -> None:
    now = warmed(host, guest, practised=practised)

    assert now.stage == stage
    assert now.easy == (host is guest is EASY)
    assert now.view(HOST)["easier"] == (stage == "topic")
    assert now.topic == ("" if stage == "topic" else "The drive home")


def test_how_it_feels_is_shown_to_nobody_and_forgotten() -> None:
    one = play(about(), (HOST, Heat(level=TOUCHY)))

    assert one.view(GUEST) == about().view(GUEST)
    assert "touchy" not in repr(one.view(HOST))
    assert one.view(HOST)["sealed_mine"]
    assert own(one, HOST) == set()
    assert own(one, GUEST) == {"Heat"}
    for later in (warmed(TOUCHY, NOT_TODAY), warmed(TOUCHY, EASY, practised=2)):
        assert "touchy" not in repr(later)


def test_each_try_is_a_step_of_its_own() -> None:
    again = play(warmed(TOUCHY, TOUCHY), (HOST, SetTopic(topic="Mornings")), (GUEST, TakeTopic()))

    assert again.stage == "heat"
    assert again.step != about().step


@pytest.mark.parametrize("seat", Seat)
def test_either_may_go_first(seat: Seat) -> None:
    now = play(warmed(), (seat, Volunteer()))

    assert own(warmed(), seat) == {"Volunteer", "Coin"}
    assert now.stage == "speak"
    assert now.speaker is seat
    assert now.view(seat)["i_speak"]
    assert not now.view(seat.other)["i_speak"]
    assert now.view(seat)["coin"] is None
    assert now.view(seat)["floors"] == [seat]


@pytest.mark.parametrize(("heads", "first", "side"), [(True, HOST, "heads"), (False, GUEST, "tails")])
@pytest.mark.parametrize("tosser", Seat)
def test_a_coin_may_decide_and_both_see_it(*, tosser: Seat, heads: bool, first: Seat, side: str) -> None:
    now = play(warmed(), (tosser, Coin(heads=heads)))

    assert now.speaker is first
    assert now.view(HOST)["coin"] == now.view(GUEST)["coin"] == side


def test_the_turn_begins_when_somebody_has_the_floor() -> None:
    now = play(warmed(), (HOST, Volunteer()), at=after(minutes=5))

    assert now.turn_began == after(minutes=5)
    assert now.chimes == (after(minutes=5, seconds=90), after(minutes=5, seconds=180))
    assert warmed().chimes == ()
    assert speaking().view(GUEST)["steps"] == 0
    assert opened().view(GUEST)["steps"] is None


@pytest.mark.parametrize("mode", Listening.modes)
def test_a_parked_topic_is_where_they_begin(mode: Mode) -> None:
    now = play(Listening.begin(mode=mode, topic="The sink"), (HOST, Ready()))
    now = play(now, (GUEST, Ready())) if mode is Mode.LIVE else now

    assert now.stage == ("speak" if mode is Mode.ASYNC else "heat")
    assert now.view(HOST)["topic"] == "The sink"
