"""What a practice partner has in the Needs Mirror: a map and a few needs. How it listens and answers is the parts'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nearer.parts import lines
from nearer.practices.needs.cards import questions
from nearer.practices.needs.moves import (
    ALL,
    CARDS,
    UNSAID,
    Answer,
    Ask,
    First,
    Guess,
    Guessed,
    Map,
    Notice,
    Pick,
    PickOwn,
    Request,
    Show,
    Sign,
    SignMeans,
    Withdraw,
)
from nearer.practices.needs.personas import PERSONAS, Need, Someone
from nearer.protocol import Move
from nearer.protocol.partner import Line, Moment

__all__ = ["LINES", "PERSONAS"]

type Now = Moment[Someone]


def _need(now: Now) -> Need:
    """The one need of this run."""
    return now.once("need").choice(now.persona.needs)


def _map(now: Now) -> Sequence[Move]:
    chance, high = now.chance, now.persona.most
    importance = [
        4 if card == high[0] else 3 if card in high else chance.randint(0, 3) for card in range(CARDS)
    ]
    met = [chance.randint(1, 4) for _card in range(CARDS)]
    unsaid = [UNSAID] * (ALL - CARDS)
    private = [int(chance.random() < 1 / 8 and card not in high) for card in range(ALL)]
    return [
        Map(
            importance=tuple(importance + unsaid), met=tuple(met + unsaid), private=tuple(private), names=("",) * ALL
        )
    ]  # fmt: skip


def _guess(now: Now) -> Sequence[Move]:
    return [Guess(levels=tuple(now.chance.randint(1, 3) for _card in range(CARDS)))]


def _asks(now: Now) -> Sequence[Move]:
    return [Ask(words=str(stem), aloud=False) for stem in questions()]


def _answer(now: Now) -> Sequence[Move]:
    tells = _need(now).tells
    return [Answer(words=str(tells[min(now.view["loop"], len(tells) - 1)]), aloud=False)]


def _notice(now: Now) -> Sequence[Move]:
    return [Notice(words=str(words), aloud=False) for words in now.persona.saw]


LINES: Mapping[type[Move], Line[Any]] = {  # Any: the parts' lines fit every persona
    **lines.LINES,
    First: lambda _now: [First()],
    Guessed: lambda _now: [Guessed()],
    Map: _map,
    Guess: _guess,
    Show: lambda _now: [],  # what it opens is enough
    Withdraw: lambda _now: [],
    Pick: lambda now: [Pick(card=_need(now).card)],
    PickOwn: lambda _now: [],
    Ask: _asks,
    Answer: _answer,
    Notice: _notice,
    SignMeans: lambda now: [SignMeans(sign=now.chance.choice(list(Sign)))],
    Request: lambda now: [Request(words=str(_need(now).wants), aloud=False)],
}
