"""What a practice partner says in One Thing. It has a made-up side, and says so; it never answers back.

What it would rate, and whether now is a good time, is drawn: a script has neither a bad day nor an interest. It never
takes a break, which is the person's to try out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from nearer.parts import lines
from nearer.parts.moves import Ask, Clarify, EndHere, NoPlan, Note, Plan, Speak, Spoken
from nearer.practices.onething.moves import (
    ALL,
    Add,
    Again,
    AskHelp,
    BackAloud,
    Begin,
    Choose,
    Circles,
    Correct,
    Ending,
    Felt,
    Gate,
    GateAloud,
    How,
    Ideas,
    Kinder,
    Kindly,
    Listed,
    NoneFits,
    Rate,
    Reframe,
    Return,
    SetIssue,
    Spread,
    Take,
    TimeOut,
    Today,
    Under,
    View,
)
from nearer.practices.onething.personas import PERSONAS, Other
from nearer.protocol import Move
from nearer.protocol.partner import Line, Moment

__all__ = ["LINES", "PERSONAS"]

type Now = Moment[Other]

OPENINGS = (
    _("A script has no side of its own. A person might say here: %(words)s"),
    _("I was given a side for this, and it may not fit yours. %(words)s"),
)
OFTEN, SOLVES = 3 / 4, 2 / 3
BAD, FAIR, BEST = 2, 4, 10
ENOUGH_WAYS = 3


def _speak(now: Now) -> Sequence[Move]:
    stems: Sequence[Any] = OPENINGS if now.view["round"] == 1 else ("%(words)s",)  # Any: lazily translated
    return [
        Speak(words=str(stem) % {"words": words}, aloud=False) for stem in stems for words in now.persona.says
    ]


def _view(now: Now) -> Sequence[Move]:
    who, chance = now.persona, now.chance
    return [
        View(want=want, why=chance.choice(who.whys), fear=chance.choice(who.fears), sense=chance.choice(who.sees), aloud=False)
        for want in who.wants
    ]  # fmt: skip


def _correct(now: Now) -> Sequence[Move]:
    seen, who = now.view["seen"] or {}, now.persona
    fear = now.chance.choice(who.fears)
    return [
        Correct(
            want=seen.get("want", ""), why=seen.get("why", ""), fear=seen.get("fear") or fear, aloud=False
        )
    ]


def _circles(now: Now) -> Sequence[Move]:
    return [
        Circles(core=core, also="", bend=now.chance.choice(now.persona.bends)) for core in now.persona.cores
    ]


def _ideas(now: Now) -> Sequence[Move]:
    ways = now.persona.ideas
    return [Ideas(first=one, second=other) for one, other in pairwise(ways)]


def _add(now: Now) -> Sequence[Move]:
    return [Add(words=words) for words in now.persona.ideas] if len(now.view["options"]) < ENOUGH_WAYS else []


def _rate(now: Now) -> Sequence[Move]:
    return [Rate(levels=tuple(now.chance.randint(BAD, BEST) for _way in range(ALL)))]


def _spread(now: Now) -> Sequence[Move]:
    return [Spread(levels=tuple(now.chance.randint(0, BEST) for _thing in range(ALL)))]


def _take(now: Now) -> Sequence[Move]:
    cards = now.view.get("cards") or [{"card": 0, "theirs": True}]
    theirs = [each for each in cards if each["theirs"]]
    return [Take(card=(theirs or cards)[0]["card"])]


def _choose(now: Now) -> Sequence[Move]:
    # A script has no chores to share out: it goes along with whatever a person chooses of these.
    solves = now.chance.random() < SOLVES
    return [Choose(ending=Ending.SHARE if solves else now.chance.choice([Ending.KINDLY, Ending.ENOUGH]))]


LINES: Mapping[type[Move], Line[Any]] = {  # Any: the parts' lines fit every persona
    **lines.LINES,
    SetIssue: lambda now: [SetIssue(topic=words) for words in now.persona.topics],
    Gate: lambda _now: [Gate(ready=True)],
    GateAloud: lambda _now: [GateAloud(ready=True)],
    Begin: lambda now: [Begin(words=words, aloud=False) for words in now.persona.begins],
    Speak: _speak,
    Clarify: lambda now: [Clarify(words=words, aloud=False) for words in now.persona.missing],
    Felt: lambda now: [Felt(enough=now.chance.random() < OFTEN)],
    Again: lambda _now: [Again()],
    View: _view,
    Correct: _correct,
    Under: lambda now: [Under(words=words, aloud=False) for words in now.persona.unders],
    Choose: _choose,
    Kinder: lambda now: [Kinder(words=words, aloud=False) for words in now.persona.kinder],
    Circles: _circles,
    Ideas: _ideas,
    Add: _add,
    Listed: lambda _now: [Listed()],
    Today: lambda now: [Today(level=now.chance.choice([BAD, FAIR]))],
    Rate: _rate,
    Spread: _spread,
    Take: _take,
    NoneFits: lambda _now: [],  # what lies there is good enough for a script
    Reframe: lambda _now: [Reframe(how=how) for how in How],
    Kindly: lambda _now: [Kindly()],
    AskHelp: lambda _now: [],  # a script needs nobody
    Spoken: lambda _now: [Spoken()],
    NoPlan: lambda _now: [],
    Plan: lines.LINES[Plan],
    EndHere: lambda _now: [],
    Ask: lambda _now: [],
    TimeOut: lambda _now: [],
    Return: lambda _now: [Return(ready=True)],
    BackAloud: lambda _now: [BackAloud(ready=True)],
    Note: lambda now: [Note(words=words) for words in now.persona.notes],
}
