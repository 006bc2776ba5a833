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
from nearer.practices.onething import moves
from nearer.practices.onething.moves import ALL, Ending, How
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
        moves.View(want=want, why=chance.choice(who.whys), fear=chance.choice(who.fears), sense=chance.choice(who.sees), aloud=False)
        for want in who.wants
    ]  # fmt: skip


def _correct(now: Now) -> Sequence[Move]:
    seen, who = now.view["seen"] or {}, now.persona
    fear = now.chance.choice(who.fears)
    return [
        moves.Correct(
            want=seen.get("want", ""), why=seen.get("why", ""), fear=seen.get("fear") or fear, aloud=False
        )
    ]


def _circles(now: Now) -> Sequence[Move]:
    return [
        moves.Circles(core=core, also="", bend=now.chance.choice(now.persona.bends))
        for core in now.persona.cores
    ]


def _ideas(now: Now) -> Sequence[Move]:
    ways = now.persona.ideas
    return [moves.Ideas(first=one, second=other) for one, other in pairwise(ways)]


def _add(now: Now) -> Sequence[Move]:
    return (
        [moves.Add(words=words) for words in now.persona.ideas]
        if len(now.view["options"]) < ENOUGH_WAYS
        else []
    )


def _rate(now: Now) -> Sequence[Move]:
    return [moves.Rate(levels=tuple(now.chance.randint(BAD, BEST) for _way in range(ALL)))]


def _spread(now: Now) -> Sequence[Move]:
    return [moves.Spread(levels=tuple(now.chance.randint(0, BEST) for _thing in range(ALL)))]


def _take(now: Now) -> Sequence[Move]:
    cards = now.view.get("cards") or [{"card": 0, "theirs": True}]
    theirs = [each for each in cards if each["theirs"]]
    return [moves.Take(card=(theirs or cards)[0]["card"])]


def _choose(now: Now) -> Sequence[Move]:
    # A script has no chores to share out: it goes along with whatever a person chooses of these.
    solves = now.chance.random() < SOLVES
    return [
        moves.Choose(ending=Ending.SHARE if solves else now.chance.choice([Ending.KINDLY, Ending.ENOUGH]))
    ]


LINES: Mapping[type[Move], Line[Any]] = {  # Any: the parts' lines fit every persona
    **lines.LINES,
    moves.SetIssue: lambda now: [moves.SetIssue(topic=words) for words in now.persona.topics],
    moves.Gate: lambda _now: [moves.Gate(ready=True)],
    moves.GateAloud: lambda _now: [moves.GateAloud(ready=True)],
    moves.Begin: lambda now: [moves.Begin(words=words, aloud=False) for words in now.persona.begins],
    Speak: _speak,
    Clarify: lambda now: [Clarify(words=words, aloud=False) for words in now.persona.missing],
    moves.Felt: lambda now: [moves.Felt(enough=now.chance.random() < OFTEN)],
    moves.Again: lambda _now: [moves.Again()],
    moves.View: _view,
    moves.Correct: _correct,
    moves.Under: lambda now: [moves.Under(words=words, aloud=False) for words in now.persona.unders],
    moves.Choose: _choose,
    moves.Kinder: lambda now: [moves.Kinder(words=words, aloud=False) for words in now.persona.kinder],
    moves.Circles: _circles,
    moves.Ideas: _ideas,
    moves.Add: _add,
    moves.Listed: lambda _now: [moves.Listed()],
    moves.Today: lambda now: [moves.Today(level=now.chance.choice([BAD, FAIR]))],
    moves.Rate: _rate,
    moves.Spread: _spread,
    moves.Take: _take,
    moves.NoneFits: lambda _now: [],  # what lies there is good enough for a script
    moves.Reframe: lambda _now: [moves.Reframe(how=how) for how in How],
    moves.Kindly: lambda _now: [moves.Kindly()],
    moves.AskHelp: lambda _now: [],  # a script needs nobody
    Spoken: lambda _now: [Spoken()],
    NoPlan: lambda _now: [],
    Plan: lines.LINES[Plan],
    EndHere: lambda _now: [],
    Ask: lambda _now: [],
    moves.TimeOut: lambda _now: [],
    moves.Return: lambda _now: [moves.Return(ready=True)],
    moves.BackAloud: lambda _now: [moves.BackAloud(ready=True)],
    Note: lambda now: [Note(words=words) for words in now.persona.notes],
}
