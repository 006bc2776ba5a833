"""One Thing: what comes before what, what a break does, and what nobody is ever shown."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.parts.moves import Agree, EndHere, Plan, Speak, Spoken
from nearer.practices.onething.chapters.resting import DEFAULT, PATIENT
from nearer.practices.onething.chapters.trying import Trial
from nearer.practices.onething.fair.choosing import CANNOT, offers
from nearer.practices.onething.moves import (
    Add,
    Again,
    Choose,
    Ending,
    Felt,
    Gate,
    How,
    Ideas,
    Kindly,
    Listed,
    NoneFits,
    Rate,
    Reframe,
    Return,
    Stop,
    Take,
    TimeOut,
)
from nearer.practices.onething.protocol import ROUNDS, OneThing
from nearer.protocol import IllegalMove, Leave, Mode, Pause, Seat
from nearer.protocol.changing import changed
from nearer.testing.examples import examples
from nearer.testing.laws import Walk
from nearer.testing.laws import _visits as visits
from tests.unit.onething.evening import (
    GUEST,
    HOST,
    MINUTE,
    NOON,
    Turn,
    asked,
    back,
    begun,
    both,
    heard,
    listed,
    played,
    said,
    seen,
    weighed,
)

HALF_AN_HOUR = TimeOut(minutes=30)
RATINGS = st.tuples(*[st.integers(CANNOT, 10)] * 4)
SOLVING = {Ideas, Add, Rate, Take, Reframe}


def views(position: OneThing) -> list[dict[str, object]]:
    return [position.view(seat) for seat in Seat]


def test_nothing_can_be_solved_and_a_break_is_open_wherever_they_are() -> None:
    understood = {"choice", "circles", "ideas", "add", "today", "rate", "offer", "reframe", "spread", "split", "plan", "agree", "kinder", "view", "correct", "under"}  # fmt: skip
    quiet = {"issue", "gate", "rest", "back", "long", "note", "keep", "read"}
    for visit in visits(OneThing.begin(), 60, 1, Walk()):
        now = visit.now
        assert isinstance(now, OneThing)
        open_now = set().union(*(now.legal(seat) for seat in Seat))
        felt = {(seat, move) for seat, move in visit.path if isinstance(move, Felt) and move.enough}
        if not now.over and not now.paused_by and not now.lobby and now.stage not in quiet:
            assert (now.stage in understood) == ({seat for seat, _ in felt} == set(Seat)) or now.round > 1
        if not now.over and not now.paused_by and not now.lobby and now.stage not in {"rest", "long"}:
            assert all((TimeOut in now.legal(seat)) == (now.stage not in quiet) for seat in Seat), now.stage
        if SOLVING & open_now:
            assert {seat for seat, _ in felt} == set(Seat), visit.path
        assert now.over or all(Leave in now.legal(seat) for seat in Seat)
        assert now.over or now.paused_by or all(Pause in now.legal(seat) for seat in Seat)


def gates() -> dict[str, tuple[OneThing, list[Turn]]]:
    """Every cause for another time: where they stand at the gate, and what each answers before it closes."""
    yes, no = Gate(ready=True), Gate(ready=False)
    return {
        "host not now": (asked(), [(GUEST, yes), (HOST, no)]),
        "guest not now": (asked(), [(HOST, yes), (GUEST, no)]),
        "neither": (asked(), both(no)),
        "basics": (asked(basics=1), both(yes)),
        "nobody answered": (asked(), []),
        "one never answered": (asked(), [(HOST, yes)]),
    }


def test_every_cause_for_another_time_looks_the_same_and_comes_at_the_same_moment() -> None:
    looks = {}
    for cause, (at_gate, answers) in gates().items():
        now = at_gate
        for seat, answer in answers:
            before, now = now, now.play(seat, answer, NOON + 5 * MINUTE)
            # Neither that somebody answered, nor what, nor that both have, changes anything for the other.
            assert now.view(seat.other) == before.view(seat.other), cause
            assert now.step_for(seat.other) == before.step_for(seat.other)
            assert Gate not in now.legal(seat)
        with pytest.raises(IllegalMove):
            now.lapse(NOON + 20 * MINUTE - timedelta(seconds=1))
        end = now.lapse(NOON + 20 * MINUTE)
        assert end.ended
        assert not end.done
        looks[cause] = str([{**view, "seat": None, "started_by_me": None} for view in views(end)])

    left = asked().play(GUEST, Leave(), NOON)
    looks["somebody left"] = str([{**view, "seat": None, "started_by_me": None} for view in views(left)])
    assert len(set(looks.values())) == 1


def test_a_yes_at_the_gate_is_fresh_for_twenty_minutes() -> None:
    assert asked().due == NOON + 20 * MINUTE


def test_after_three_rounds_there_is_no_further_one() -> None:
    position = heard()
    for number in range(1, ROUNDS + 1):
        position = played(position, (HOST, Felt(enough=number > 1)), (GUEST, Felt(enough=False)))
        assert position.stage == "still"
        assert (Again in position.legal(HOST)) == (number < ROUNDS)
        if number < ROUNDS:
            position = played(
                position,
                (GUEST, Again()),
                (HOST, said(Speak)),
                *back(GUEST),
                (GUEST, said(Speak)),
                *back(HOST),
            )
    assert played(position, (GUEST, EndHere())).stage == "note"


def test_whose_not_yet_it_was_shows_to_nobody() -> None:
    ways = [
        ((HOST, Felt(enough=a)), (GUEST, Felt(enough=b)))
        for a, b in product((True, False), repeat=2)
        if not (a and b)
    ]

    assert len({str(views(played(heard(), *way))) for way in ways}) == 1


@pytest.mark.parametrize(
    ("one", "other", "stage"),
    [
        (Ending.SOLVE, Ending.SOLVE, "circles"),
        (Ending.SOLVE, Ending.KINDLY, "kinder"),
        (Ending.ENOUGH, Ending.SOLVE, "note"),
        (Ending.KINDLY, Ending.ENOUGH, "note"),
    ],
)
def test_the_gentler_way_counts_whoever_wished_it(one: Ending, other: Ending, stage: str) -> None:
    there = played(seen(), (HOST, Choose(ending=one)), (GUEST, Choose(ending=other)))
    back_there = played(seen(), (HOST, Choose(ending=other)), (GUEST, Choose(ending=one)))

    assert there.stage == back_there.stage == stage
    assert views(there) == views(back_there)


@settings(max_examples=examples(150), deadline=None, derandomize=True, database=None)
@given(today=st.tuples(st.integers(0, 10), st.integers(0, 10)), one=RATINGS, other=RATINGS)
def test_pages_tell_nothing_but_what_is_offered(
    today: tuple[int, int], one: tuple[int, ...], other: tuple[int, ...]
) -> None:
    found = weighed(listed(), today, one, other)
    offered = tuple(card["card"] for card in found.view(HOST).get("cards", ()))
    # Any other ratings with the same offers: what is offered is all right for both, and nobody can live with the rest.
    plain = tuple(8 if n in offered else CANNOT for n in range(4))
    same = weighed(listed(), (5, 5), plain, plain)

    assert views(found) == views(same)
    assert found.step == same.step
    assert not any(name in str(views(found)) for name in ("level", "today"))


def looked_again(position: OneThing) -> OneThing:
    """They look once more, and each finds two other ways."""
    if position.stage == "offer":
        position = played(position, (HOST, NoneFits()))
    at_list = played(
        position, (GUEST, Reframe(how=How.TURNS)), *both(Ideas(first="in turns", second="by the week"))
    )
    return played(at_list, *both(Listed()))


@settings(max_examples=examples(150), deadline=None, derandomize=True, database=None)
@given(
    today=st.tuples(st.integers(0, 10), st.integers(0, 10)),
    rounds=st.tuples(*[st.tuples(RATINGS, RATINGS)] * 3),
)
def test_over_several_rounds_only_the_offers_can_be_told_apart(
    today: tuple[int, int], rounds: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
) -> None:
    real = plain = listed()
    for number, (one, other) in enumerate(rounds):
        if number:
            real, plain = looked_again(real), looked_again(plain)
        real = weighed(real, today, one, other)
        offered = tuple(card["card"] for card in real.view(HOST).get("cards", ()))
        # Another evening with the same offers: what is offered is all right for both, and nobody can live with the rest.
        same = tuple(8 if n in offered else CANNOT for n in range(4))
        plain = weighed(plain, (5, 5), same, same)
        assert views(real) == views(plain)
        assert [real.step_for(seat) for seat in Seat] == [plain.step_for(seat) for seat in Seat]


FEW, NOW = (CANNOT, 3, 8), (3, 8)
"""Of the four ways the first two are weighed by these; the others are worse than today for both."""


def of_both(position: OneThing) -> str:
    """All that either of the two can see: views, steps, what is open, and until when."""
    return str([(position.view(s), position.step_for(s), sorted(map(str, position.legal(s)))) for s in Seat])


def test_of_all_ratings_and_vetoes_in_two_rounds_no_two_with_the_same_offers_can_be_told_apart() -> None:
    seen_first: dict[object, set[str]] = {}
    seen_then: dict[object, set[str]] = {}
    hidden: dict[tuple[tuple[int, int], tuple[int, ...]], OneThing] = {}
    at_list = listed()
    ratings = list(product(product(FEW, FEW), product(FEW, FEW)))
    for today in product(NOW, NOW):
        for one, other in ratings:
            found = weighed(at_list, today, one, other)
            first = offers(one, other, today)
            seen_first.setdefault(first, set()).add(of_both(found))
            hidden[today, first] = found
    # What is carried into the next round beside what both saw is how it is today: one evening for each is enough.
    for (today, first), found in hidden.items():
        again = looked_again(found)
        for one, other in ratings:
            then = weighed(again, today, one, other)
            seen_then.setdefault((first, offers(one, other, today)), set()).add(of_both(then))

    assert len(seen_first) == 4
    assert len(seen_then) == 16
    assert {len(pages) for pages in (*seen_first.values(), *seen_then.values())} == {1}


def test_how_it_is_today_is_said_once_and_stays() -> None:
    position = weighed(listed(), (2, 3), (8, 8, 8, 8), (9, 9, 9, 9))
    again = played(position, (HOST, NoneFits()), (GUEST, Reframe(how=How.SMALLER)))

    assert again.stage == "ideas"
    assert again.today == position.today


def test_after_looking_twice_they_live_with_it_or_stop() -> None:
    none = (CANNOT,) * 4
    position = weighed(listed(), (5, 5), none, none)
    for _ in range(2):
        position = played(position, (HOST, Reframe(how=How.SMALLER)), *both(Ideas(first="a", second="b")))
        position = weighed(
            played(position, *[(s, k()) for s in Seat for k in position.legal(s) if k.__name__ == "Listed"]),
            (0, 0),
            none,
            none,
        )
    assert Reframe not in position.legal(HOST)
    assert played(position, (GUEST, Kindly())).stage == "kinder"


def test_a_trial_holds_once_the_other_says_yes() -> None:
    position = weighed(listed(), (2, 2), (8, 1, 1, 1), (8, 1, 1, 1))
    trial = played(position, (HOST, Take(card=0)), (GUEST, Take(card=0)))
    planned = played(trial, (GUEST, Plan(cue="it is ten", act="give the sign", days=14)))

    with pytest.raises(IllegalMove):
        planned.play(GUEST, Agree(agree=True), NOON)
    assert planned.play(HOST, Agree(agree=False), NOON).stage == "plan"
    assert planned.play(HOST, Agree(agree=True), NOON).agreed


def test_on_one_phone_a_trial_can_be_written_down_and_nobody_says_yes_for_the_other() -> None:
    trial = changed(begun(), mode=Mode.ONE, now=Trial(mode=Mode.ONE, holder=HOST, option="a sign"))
    assert {Plan, Spoken} <= trial.legal(HOST)
    planned = played(trial, (HOST, Plan(cue="it is ten", act="give the sign", days=14)))

    assert all(planned.view(seat)["plan"]["act"] == "give the sign" for seat in Seat)
    assert planned.play(HOST, Agree(agree=False), NOON).stage == "plan"
    assert planned.play(HOST, Agree(agree=True), NOON).agreed
    assert not trial.play(HOST, Spoken(), NOON).agreed


def test_one_may_stop_after_a_part_and_what_was_reached_can_be_kept() -> None:
    assert all(Stop not in position.legal(seat) for position in (asked(), heard()) for seat in Seat)
    for position in (
        begun(),
        played(heard(), *both(Felt(enough=True))),
        played(seen(), *both(Choose(ending=Ending.SOLVE))),
    ):
        assert position.play(GUEST, Stop(), NOON).stage == "note"


# A break.


def test_in_a_break_nothing_is_taken_and_the_slower_wish_counts() -> None:
    resting = played(begun(), (GUEST, HALF_AN_HOUR))
    longer = resting.play(HOST, TimeOut(minutes=60), NOON + 5 * MINUTE)

    assert resting.due == NOON + 30 * MINUTE
    assert longer.due == NOON + 60 * MINUTE
    assert resting.play(HOST, TimeOut(minutes=20), NOON).due == resting.due
    assert all(longer.legal(seat) <= {Leave, Pause} for seat in Seat)
    assert "said" not in str(longer.view(HOST)["said"])


def test_they_come_back_to_where_they_were() -> None:
    before = heard()
    home = played(before, (HOST, HALF_AN_HOUR)).lapse(NOON + 30 * MINUTE)
    there = played(home, *both(Return(ready=True)), at=NOON + 31 * MINUTE)

    assert there.stage == before.stage
    assert there.legal(HOST) == before.legal(HOST)
    assert there.came_back


ANSWERS = {"yes": Return(ready=True), "not yet": Return(ready=False), "nothing": None}


def answering(position: OneThing, host: str, guest: str, minute: int) -> OneThing:
    """Let both answer whether they are ready, or not answer."""
    said = [(seat, move) for seat, name in ((HOST, host), (GUEST, guest)) if (move := ANSWERS[name])]
    return played(position, *said, at=NOON + minute * MINUTE)


def through(host: str, guest: str) -> list[OneThing]:
    """Return what a break leads to that does not end in two yeses: asked, one more break, asked again, over."""
    home = played(begun(), (GUEST, HALF_AN_HOUR)).lapse(NOON + 30 * MINUTE)
    first = answering(home, host, guest, 40)
    rest = first.lapse(NOON + 50 * MINUTE)
    again = answering(rest.lapse(NOON + 80 * MINUTE), host, guest, 90)
    return [first, rest, again, again.lapse(NOON + 80 * MINUTE + PATIENT)]


def test_there_is_one_more_break_and_then_another_day() -> None:
    first, rest, again, over = through("yes", "not yet")

    assert [each.stage for each in (first, rest, again)] == ["back", "rest", "back"]
    assert first.due == NOON + 50 * MINUTE
    assert rest.due == NOON + 80 * MINUTE
    assert again.due == NOON + 100 * MINUTE
    assert over.over
    assert over.ended
    assert views(over)[0]["ended"] == views(begun().play(HOST, Leave(), NOON))[0]["ended"]


@pytest.mark.parametrize("mine", ANSWERS)
def test_nobody_learns_from_a_break_whether_the_other_was_ready(mine: str) -> None:
    """Whatever the other answered, or did not: what one sees is the same, by when, as long as it is not two yeses."""
    others = [name for name in ANSWERS if (mine, name) != ("yes", "yes")]
    for seat in Seat:
        ways = [through(mine, name) if seat is HOST else through(name, mine) for name in others]
        seen = {tuple(str((each.view(seat), each.due, each.calls_back)) for each in way) for way in ways}
        assert len(seen) == 1


def test_three_days_with_breaks_late_returns_and_a_clock_that_was_put_back() -> None:
    day = timedelta(days=1)
    position = played(begun(), (GUEST, TimeOut(minutes=24 * 60)))
    position = position.lapse(NOON + day)
    assert position.timer == NOON + day + PATIENT
    position = position.lapse(NOON + day + PATIENT).lapse(NOON + day + PATIENT + DEFAULT)
    late = NOON + day + PATIENT + DEFAULT + PATIENT - MINUTE
    assert position.timer == late + MINUTE
    position = played(position, *both(Return(ready=True)), at=late)
    position = played(position, (HOST, TimeOut(minutes=20)), at=late)
    # The clock is put back by an hour: the break is not over sooner, and nothing ends by it.
    earlier = late - timedelta(hours=1)
    position = played(position, (GUEST, TimeOut(minutes=60)), at=earlier)
    assert position.due == late + 60 * MINUTE
    position = position.lapse(late + 60 * MINUTE)
    not_answered = position
    while not not_answered.over:
        not_answered = not_answered.lapse(not_answered.due or late)
    assert not_answered.ended
    assert not position.over


def test_a_break_takes_between_twenty_minutes_and_a_day() -> None:
    for minutes in (19, 24 * 60 + 1):
        with pytest.raises(ValueError, match="range"):
            TimeOut(minutes=minutes)
