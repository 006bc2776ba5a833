"""The Floor before anybody speaks: a topic, how warm it is, and who goes first."""

import pytest

from nearer.practices.listening.moves import Coin, Heat, SetTopic, Volunteer
from nearer.practices.listening.protocol import Listening
from nearer.practices.listening.stages import Stage
from nearer.protocol import IllegalMove, Leave, Mode, Pause, Ready, Seat
from tests.unit.listening.floor import GUEST, HOST, NOON, after, opened, play, speaking, warmed


def own(now: object, seat: Seat) -> set[str]:
    """What the room itself opens to the seat."""
    return {kind.__name__ for kind in now.legal(seat) - {Leave, Pause}}  # type: ignore[attr-defined]


@pytest.mark.parametrize("seat", Seat)
def test_either_may_set_the_topic(seat: Seat) -> None:
    now = play(opened(), (seat, SetTopic(topic="Mornings")))

    assert own(opened(), seat) == {"SetTopic"}
    assert now.stage is Stage.HEAT
    assert now.view(HOST)["topic"] == now.view(GUEST)["topic"] == "Mornings"


def test_a_topic_is_set_once() -> None:
    now = play(opened(), (HOST, SetTopic(topic="Mornings")))

    with pytest.raises(IllegalMove):
        now.play(GUEST, SetTopic(topic="Evenings"), NOON)


@pytest.mark.parametrize(
    ("host", "guest", "practised", "stage"),
    [
        (0, 0, 0, Stage.ROLES),
        (3, 3, 0, Stage.ROLES),
        (3, 4, 0, Stage.TOPIC),
        (4, 3, 1, Stage.TOPIC),
        (10, 0, 1, Stage.TOPIC),
        (10, 10, 2, Stage.ROLES),
        (4, 0, 3, Stage.ROLES),
    ],
)
def test_a_warm_topic_waits_until_they_are_practised(
    host: int, guest: int, practised: int, stage: Stage
) -> None:
    now = warmed(host, guest, practised=practised)

    assert now.stage is stage
    assert now.easy == (max(host, guest) <= 3)
    assert now.view(HOST)["easier"] == (stage is Stage.TOPIC)
    assert now.topic == ("" if stage is Stage.TOPIC else "The drive home")


def test_how_warm_it_feels_is_shown_to_nobody_and_forgotten() -> None:
    one = play(opened(), (HOST, SetTopic(topic="Mornings")), (HOST, Heat(level=7)))

    assert one.view(GUEST) == play(opened(), (HOST, SetTopic(topic="Mornings"))).view(GUEST)
    assert "7" not in repr({**one.view(HOST), "chimes": ()})
    assert one.view(HOST)["sealed_mine"]
    assert own(one, HOST) == set()
    assert own(one, GUEST) == {"Heat"}
    assert warmed(7, 8).heat.given == {}
    assert warmed(1, 2).heat.given == {}


def test_each_try_is_a_step_of_its_own() -> None:
    first = play(opened(), (HOST, SetTopic(topic="Mornings")))
    again = play(warmed(9, 9), (HOST, SetTopic(topic="Mornings")))

    assert again.stage is Stage.HEAT
    assert again.step != first.step


@pytest.mark.parametrize("seat", Seat)
def test_either_may_go_first(seat: Seat) -> None:
    now = play(warmed(), (seat, Volunteer()))

    assert own(warmed(), seat) == {"Volunteer", "Coin"}
    assert now.stage is Stage.SPEAK
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

    assert now.stage is Stage.HEAT
    assert now.view(HOST)["topic"] == "The sink"
    assert play(now, (HOST, Heat(level=9))).view(HOST)["topic"] == ("" if mode is Mode.ASYNC else "The sink")
