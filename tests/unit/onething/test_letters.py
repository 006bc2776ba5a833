"""One Thing in letters: how fast they go, what reaches whom, and that all of it works to its end."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from nearer.parts.moves import Agree, Check, Clarify, Fit, Keep, Note, Plan, Reflect, Said, Speak, Validate
from nearer.practices.onething.moves import (
    Begin,
    Choose,
    Circles,
    Ending,
    Felt,
    Gate,
    Ideas,
    Rate,
    SetIssue,
    Spread,
    Stop,
    Take,
    TimeOut,
    Today,
    Under,
    View,
)
from nearer.practices.onething.pacing import COOLING, PACE
from nearer.practices.onething.protocol import OneThing
from nearer.protocol import Mode, Move, Ready, Seat
from nearer.protocol.moves import has_words
from tests.unit.onething.evening import CORRECT, GUEST, HOST, NOON, VIEW, Turn, both

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def wrote[M: Said](kind: type[M]) -> M:
    """Something that was written."""
    return kind(words="some words", aloud=False)


def back(listener: Seat) -> list[Turn]:
    return [
        (listener, wrote(Reflect)),
        (listener.other, Check(answer=Fit.YES)),
        (listener, wrote(Validate)),
    ]


TO_THE_GATE: list[Turn] = [
    (HOST, Ready()), (HOST, SetIssue(topic="Saturday")), (HOST, Gate(ready=True)), (GUEST, Ready()), (GUEST, Gate(ready=True)),
]  # fmt: skip
TO_A_CHOICE: list[Turn] = [
    *TO_THE_GATE, (HOST, wrote(Begin)), *back(GUEST), (GUEST, wrote(Speak)), *back(HOST), *both(Felt(enough=True)),
    (GUEST, VIEW), (HOST, CORRECT), (HOST, VIEW), (GUEST, CORRECT), *both(wrote(Under)),
]  # fmt: skip
PLANNED: list[Turn] = [
    *both(Take(card=0)), (HOST, Plan(cue="it is ten", act="give the sign", days=7)), (GUEST, Agree(agree=True)),
    *both(Note(words="thank you")), *both(Keep(keep=True)),
]  # fmt: skip
SOLVED: list[Turn] = [
    *both(Choose(ending=Ending.SOLVE)), *both(Circles(core="", also="", bend="")), *both(Ideas(first="a", second="b")),
    *both(Today(level=2)), *both(Rate(levels=(8,) * 8)), *PLANNED,
]  # fmt: skip
SHARED: list[Turn] = [
    *both(Choose(ending=Ending.SHARE)), *both(Ideas(first="dishes", second="bins")), *both(Spread(levels=(4,) * 8)), *PLANNED,
]  # fmt: skip


def sent(*turns: Turn) -> tuple[OneThing, list[tuple[Seat, Move, datetime]]]:
    """Play these in letters, each as soon as it can be, and say when each was with the other."""
    position, at = OneThing.begin(mode=Mode.ASYNC), NOON
    there: list[tuple[Seat, Move, datetime]] = []
    for seat, move in turns:
        position = position.play(seat, move, at)
        while position.waiting is not None:
            at = position.waiting[1]
            position = position.lapse(at)
        there.append((seat, move, at))
        at += MINUTE
    return position, there


def test_all_of_it_works_in_letters_to_a_trial_that_both_keep() -> None:
    for way in (SOLVED, SHARED):
        position, _ = sent(*TO_A_CHOICE, *way)
        assert position.done
        assert position.kept
        assert position.agreed


def test_a_person_sends_one_in_twelve_hours() -> None:
    _, there = sent(*TO_A_CHOICE, *SOLVED)
    for seat in Seat:
        letters = sorted(
            {at for who, move, at in there if who is seat and has_words(move) and not move.sealed}
        )
        assert all(later - at >= PACE for at, later in pairwise(letters)), letters
    # What both seal opens to both as a letter of whoever was last.
    (_, _, view), *_, (_, _, opened) = (
        each for each in there if each[0] is GUEST and isinstance(each[1], View | Under)
    )
    assert opened - view >= PACE


def test_what_is_written_while_one_is_on_its_way_goes_with_it() -> None:
    position, _ = sent(
        *TO_THE_GATE, (HOST, wrote(Begin)), (GUEST, wrote(Reflect)), (HOST, Check(answer=Fit.NEARLY))
    )
    at = NOON + 40 * HOUR
    waits = position.play(HOST, wrote(Clarify), at)

    assert waits.waits_for(HOST) == at + COOLING
    assert TimeOut not in waits.legal(HOST)
    position, there = sent(*TO_THE_GATE, (HOST, wrote(Begin)), *back(GUEST)[:2])
    validated = position.play(GUEST, wrote(Validate), there[-1][2] + MINUTE)
    spoken = validated.play(GUEST, wrote(Speak), there[-1][2] + 5 * MINUTE)
    assert validated.waits_for(GUEST) == spoken.waits_for(GUEST) == there[-2][2] + PACE
    assert spoken.view(HOST) == position.view(HOST)


def test_a_break_stops_letters_at_once_and_a_part_can_be_the_last() -> None:
    position, there = sent(*TO_A_CHOICE)
    at = there[-1][2] + HOUR

    assert position.play(GUEST, TimeOut(minutes=60), at).view(HOST)["stage"] == "rest"
    assert position.play(GUEST, Stop(), at).view(HOST)["stage"] == "note"


def test_a_yes_in_letters_is_fresh_for_three_days_and_a_no_shows_no_sooner() -> None:
    unanswered, _ = sent(*TO_THE_GATE[:3])
    due = unanswered.due
    refused, _ = sent(*TO_THE_GATE[:4], (GUEST, Gate(ready=False)))

    assert due
    assert timedelta(days=3) == due - (unanswered.turn_began or NOON)
    assert refused.due == due
    assert refused.view(HOST) == unanswered.view(HOST)
    assert refused.lapse(due).view(HOST) == unanswered.lapse(due).view(HOST)


def test_whoever_says_no_to_a_plan_writes_the_next_one() -> None:
    plan = Plan(cue="it is ten", act="give the sign", days=7)
    position, _ = sent(
        *TO_A_CHOICE, *SOLVED[:10], *both(Take(card=0)), (HOST, plan), (GUEST, Agree(agree=False))
    )

    assert Plan in position.legal(GUEST)
    assert Plan not in position.legal(HOST)
