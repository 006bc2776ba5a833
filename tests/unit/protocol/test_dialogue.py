"""The rules of the house hold in every room."""

from datetime import timedelta

import pytest

from nearer.protocol import (
    QUIET_END,
    Dialogue,
    IllegalMove,
    Leave,
    Pause,
    Ready,
    Resume,
    TimeUp,
)
from tests.unit.protocol.rooms import (
    GUEST,
    HOST,
    NOON,
    Close,
    Exchange,
    Hourglass,
    Parking,
    Tell,
    Wave,
    after,
    opened,
    tell,
)


def told() -> Exchange:
    """Both have told."""
    return opened(Exchange).play(HOST, tell("one"), NOON).play(GUEST, tell("two"), NOON)


def test_nobody_starts_until_both_are_ready() -> None:
    start = Exchange.begin()
    one = start.play(HOST, Ready(), NOON)

    assert start.legal(HOST) == start.legal(GUEST) == {Ready, Pause, Leave}
    assert one.legal(HOST) == {Pause, Leave}
    assert one.lobby
    assert not one.running
    assert one.turn_began is None
    assert one.view(HOST)["i_am_ready"]
    assert one.view(GUEST)["other_is_ready"]
    assert not one.view(GUEST)["i_am_ready"]
    assert "waves" not in one.view(HOST)


def test_it_runs_once_both_are_ready() -> None:
    now = opened(Exchange)

    assert now.running
    assert now.turn_began == NOON
    assert now.legal(HOST) == {Tell, Wave, Pause, Leave}
    assert now.view(HOST)["waves"] == 0
    assert not now.view(HOST)["i_am_ready"]


def test_a_move_that_is_not_open_is_refused() -> None:
    now = opened(Exchange)

    with pytest.raises(IllegalMove):
        now.play(HOST, Close(), NOON)
    with pytest.raises(IllegalMove):
        now.play(HOST, Resume(), NOON)
    assert now == opened(Exchange)


def test_the_time_of_the_last_move_is_known() -> None:
    now = opened(Exchange).play(HOST, Wave(), after(minutes=2))

    assert now.touched == after(minutes=2)


def test_a_move_that_changes_nothing_leaves_the_very_same_position() -> None:
    now = opened(Exchange).play(HOST, Wave(), NOON)

    assert now.play(HOST, Wave(), after(hours=1)) is now


def test_anyone_may_pause_and_only_they_resume() -> None:
    now = opened(Exchange).play(HOST, Pause(), after(minutes=1))

    assert now.legal(HOST) == {Resume, Leave}
    assert now.legal(GUEST) == {Leave}
    assert now.view(HOST)["paused_by_me"]
    assert now.view(GUEST)["paused"]
    assert not now.view(GUEST)["paused_by_me"]
    assert not now.running


def test_the_clock_stands_still_in_a_pause() -> None:
    now = opened(Hourglass).play(HOST, Pause(), after(minutes=4))

    assert now.view(GUEST)["due"] is None
    assert now.view(GUEST)["chimes"] == ()
    assert now.due == after(minutes=4) + QUIET_END

    on = now.play(HOST, Resume(), after(minutes=30))
    assert on.due == after(minutes=36)
    assert on.view(GUEST)["due"] == after(minutes=36)
    assert on.view(GUEST)["chimes"] == (after(minutes=35),)


def test_a_clock_that_went_backwards_is_no_pause() -> None:
    now = opened(Exchange).play(HOST, Pause(), after(minutes=4)).play(HOST, Resume(), after(minutes=3))

    assert now.turn_began == NOON


def test_a_room_without_a_clock_may_pause() -> None:
    now = opened(Exchange, turn_began=None)
    stopped = Exchange(ready=now.ready, paused_by=HOST)

    assert stopped.play(HOST, Resume(), NOON).turn_began is None


@pytest.mark.parametrize("before", [Exchange.begin(), opened(Exchange), told()])
def test_anyone_may_leave_and_nothing_tells_who(before: Exchange) -> None:
    ends = [before.play(seat, Leave(), NOON) for seat in (HOST, GUEST)]

    views = [
        {**end.view(seat), "seat": None, "started_by_me": None} for end in ends for seat in (HOST, GUEST)
    ]
    assert all(view == views[0] for view in views)
    assert views[0]["ended"]
    assert views[0]["over"]
    assert "told" not in views[0]
    assert all(not end.legal(seat) for end in ends for seat in (HOST, GUEST))


def test_leaving_in_a_pause_shows_no_pause() -> None:
    now = opened(Exchange).play(HOST, Pause(), NOON).play(HOST, Leave(), NOON)

    assert not now.view(HOST)["paused"]
    assert not now.view(HOST)["paused_by_me"]


def test_quiet_for_three_days_ends_it_as_if_somebody_left() -> None:
    now = opened(Exchange)
    assert now.due == NOON + QUIET_END

    end = now.lapse(after(hours=72))
    left = now.play(HOST, Leave(), NOON)
    assert end.expired
    assert end.view(GUEST) == left.view(GUEST)
    assert end.due is None


def test_the_quiet_end_is_not_on_the_page() -> None:
    assert opened(Exchange).view(HOST)["due"] is None


def test_time_is_not_up_before_it_is_due() -> None:
    with pytest.raises(IllegalMove):
        opened(Exchange).lapse(after(hours=71))
    with pytest.raises(IllegalMove):
        Exchange.begin().lapse(after(hours=999))


def test_only_time_plays_without_a_seat() -> None:
    now = opened(Exchange)

    with pytest.raises(IllegalMove):
        now.play(None, Leave(), after(hours=99))
    with pytest.raises(IllegalMove):
        now.play(HOST, TimeUp(), after(hours=99))


def test_a_timer_of_the_room_comes_first_and_is_the_rooms_to_answer() -> None:
    now = opened(Hourglass)
    assert now.due == after(minutes=10)

    on = now.lapse(after(minutes=11))
    assert on.rung == 1
    assert not on.over
    assert on.touched == after(minutes=11)


def test_a_room_that_says_nothing_about_its_timer_ends_with_it() -> None:
    end = opened(Parking).lapse(after(minutes=10))

    assert end.expired
    assert end.view(HOST) == opened(Exchange).play(GUEST, Leave(), NOON).view(HOST)


def test_in_the_lobby_and_in_a_pause_only_the_quiet_end_counts() -> None:
    lobby = Hourglass.begin(touched=NOON)
    paused = opened(Hourglass).play(HOST, Pause(), NOON)

    assert lobby.lapse(NOON + QUIET_END).expired
    assert paused.lapse(NOON + QUIET_END).expired


def test_an_hour_glass_that_is_never_turned_ends_quietly() -> None:
    class Slow(Hourglass):
        timer = property(lambda _: NOON + timedelta(days=30))

    assert opened(Slow).due == NOON + QUIET_END
    assert opened(Slow).lapse(NOON + QUIET_END).expired


def test_the_end_of_a_practice_shows_the_room() -> None:
    now = told().play(GUEST, Close(), NOON)

    assert now.done
    assert now.over
    assert not now.ended
    assert now.due is None
    assert now.outcome == {}
    assert now.view(HOST)["told"] == {HOST: "one", GUEST: "two"}


def test_sealed_and_ambient_moves_stay_on_the_step() -> None:
    now = opened(Exchange)

    assert now.play(HOST, tell(), NOON).step == now.step
    assert now.play(HOST, Wave(), NOON).step == now.step
    assert told().step != now.step


def test_lobby_pause_and_end_are_steps_of_their_own() -> None:
    now = opened(Exchange)
    places = [
        Exchange.begin(),
        now,
        now.play(HOST, Pause(), NOON),
        now.play(GUEST, Pause(), NOON),
        now.play(HOST, Leave(), NOON),
    ]

    assert len({place.step for place in places}) == len(places)
    assert Exchange.begin().play(HOST, Ready(), NOON).step == Exchange.begin().step


def test_a_dialogue_needs_its_answers() -> None:
    with pytest.raises(TypeError):
        Dialogue()  # type: ignore[abstract]
