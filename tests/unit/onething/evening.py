"""An evening of One Thing, for tests: short ways to a place in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from nearer.parts.moves import Agree, Check, Fit, Plan, Reflect, Said, Speak, Validate
from nearer.practices.onething.moves import (
    ALL,
    Begin,
    Choose,
    Circles,
    Correct,
    Ending,
    Felt,
    Gate,
    Ideas,
    Listed,
    Rate,
    SetIssue,
    Take,
    Today,
    Under,
    View,
)
from nearer.practices.onething.protocol import OneThing
from nearer.protocol import Move, Ready, Seat

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOST, GUEST = Seat
VIEW = View(
    want="to be asked", why="it is my evening", fear="that it stays so", sense="I see why", aloud=False
)
CORRECT = Correct(want="to be asked before", why="", fear="", aloud=False)

type Turn = tuple[Seat, Move]


def said[M: Said](kind: type[M]) -> M:
    """Something that was said aloud."""
    return kind(words="", aloud=True)


def played(position: OneThing, *turns: Turn, at: datetime = NOON) -> OneThing:
    """Play these in order."""
    for seat, move in turns:
        position = position.play(seat, move, at)
    return position


def both(move: Move) -> list[Turn]:
    """The same of both."""
    return [(seat, move) for seat in Seat]


def asked(**facts: Any) -> OneThing:
    """Both are in the room, and there is something it is about."""
    position = OneThing.begin(**facts)
    return played(position, *both(Ready()), (HOST, SetIssue(topic="Saturday evening")))


def begun(**facts: Any) -> OneThing:
    """It is a good time for both, and one has begun softly."""
    return played(asked(**facts), *both(Gate(ready=True)), (HOST, said(Begin)))


def back(listener: Seat) -> list[Turn]:
    """What was said is said back, is it, and is acknowledged."""
    return [(listener, said(Reflect)), (listener.other, Check(answer=Fit.YES)), (listener, said(Validate))]


def heard(**facts: Any) -> OneThing:
    """Both have been heard."""
    return played(begun(**facts), *back(GUEST), (GUEST, said(Speak)), *back(HOST))


def seen(**facts: Any) -> OneThing:
    """Both feel understood, and each has said how it is for them."""
    views: list[Turn] = [(GUEST, VIEW), (HOST, CORRECT), (HOST, VIEW), (GUEST, CORRECT)]
    return played(heard(**facts), *both(Felt(enough=True)), *views, *both(said(Under)))


def listed(**facts: Any) -> OneThing:
    """There are four ways, and how it is today is about to be said."""
    circles = Circles(core="one evening", also="", bend="which one")
    ideas = {seat: Ideas(first=f"first of {seat}", second=f"second of {seat}") for seat in Seat}
    turns = [*both(Choose(ending=Ending.SOLVE)), *both(circles), *ideas.items(), *both(Listed())]
    return played(seen(**facts), *turns)


def weighed(
    position: OneThing, today: tuple[int, int], one: tuple[int, ...], other: tuple[int, ...]
) -> OneThing:
    """Both say how it is today and how each way would be; nothing where today is known."""
    if position.stage == "today":
        position = played(position, (HOST, Today(level=today[0])), (GUEST, Today(level=today[1])))
    rates = {
        seat: Rate(levels=(*levels, *(0,) * ALL)[:ALL])
        for seat, levels in zip(Seat, (one, other), strict=True)
    }
    return played(position, *rates.items())


MINUTE = timedelta(minutes=1)
TO_THE_WAYS: list[Turn] = [
    *both(Ready()), (HOST, SetIssue(topic="Saturday")), *both(Gate(ready=True)), (HOST, said(Begin)), *back(GUEST),
    (GUEST, said(Speak)), *back(HOST), *both(Felt(enough=True)), (GUEST, VIEW), (HOST, CORRECT), (HOST, VIEW),
    (GUEST, CORRECT), *both(said(Under)), *both(Choose(ending=Ending.SOLVE)), *both(Circles(core="", also="", bend="")),
    *both(Ideas(first="a", second="b")), *both(Listed()),
]  # fmt: skip
TO_A_TRIAL: list[Turn] = [
    *both(Today(level=2)), *both(Rate(levels=(8,) * 8)), *both(Take(card=0)),
    (GUEST, Plan(cue="it is ten", act="give the sign", days=3)), (HOST, Agree(agree=True)),
]  # fmt: skip
