"""What a practice partner would like to do, and how it is there.

A script goes nowhere and is nowhere, and it says so. What it would like is told by what its persona enjoys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nearer.parts import lines
from nearer.practices.ourtime.moves import (
    DAYS,
    PARTS,
    Begin,
    Date,
    EndHere,
    Finish,
    Free,
    Glow,
    Here,
    Level,
    Long,
    NextOne,
    NoPlan,
    Other,
    Ours,
    Pick,
    Span,
    Stop,
    Take,
    Turn,
    Way,
    Wish,
)
from nearer.practices.ourtime.personas import PERSONAS, Guest
from nearer.protocol import Move
from nearer.protocol.partner import Line, Moment

__all__ = ["LINES", "PERSONAS"]

type Now = Moment[Guest]

LIKED = (Level.OK, Level.LIKE, Level.LOVE)
EVENING = 2


def _wish(now: Now) -> Sequence[Move]:
    texts = [words.casefold() for _, words in now.view["ideas"]]
    liked = [any(word in text for word in now.persona.likes) for text in texts]
    levels = [Level.LOVE if like else now.chance.choice(list(Level)) for like in liked]
    levels += [Level.OK] * (10 - len(levels))
    return [Wish(levels=tuple(int(level) for level in levels))]


def _theirs(now: Now, name: str) -> list[int]:
    """Return what the other has tapped of several, or else all of it."""
    shown = now.view[f"{name}s"]
    tapped = [each[name] for each in shown if each["theirs"]]
    return tapped or [each[name] for each in shown if not each["mine"]]


def _take(now: Now) -> Sequence[Move]:
    waits = any(each["mine"] for each in now.view["cards"]) and not any(
        each["theirs"] for each in now.view["cards"]
    )
    return [] if waits else [Take(card=card) for card in _theirs(now, "card")[:3]]


def _pick(now: Now) -> Sequence[Move]:
    waits = any(each["mine"] for each in now.view["slots"]) and not any(
        each["theirs"] for each in now.view["slots"]
    )
    return [] if waits else [Pick(slot=slot) for slot in _theirs(now, "slot")]


def _free(now: Now) -> Sequence[Move]:
    days = [[now.chance.randint(0, 1), now.chance.randint(0, 1), 1] for _ in range(DAYS)]
    return [Free(halves=tuple(half for day in days for half in day[:PARTS]), clock=0)]


def _date(now: Now) -> Sequence[Move]:
    act = str(now.view["idea"]) or "go for a walk"
    return [Date(cue=cue, act=act[:1].lower() + act[1:], quarter=0) for cue in now.persona.cues]


def _glow(now: Now) -> Sequence[Move]:
    return [Glow(words=words, minutes=20, again=True) for words in now.persona.moments]


LINES: Mapping[type[Move], Line[Any]] = {  # Any: the parts' lines fit every persona
    **lines.LINES,
    Begin: lambda now: [Begin(way=now.once("way").choice(list(Way)))],
    Wish: _wish,
    Take: _take,
    Other: lambda now: [] if now.view["cards"] else [Other()],
    EndHere: lambda now: [EndHere()] if now.view["stage"] == "match" and not now.view["cards"] else [],
    Free: _free,
    Pick: _pick,
    Date: _date,
    NoPlan: lambda _now: [],
    Long: lambda _now: [Long(span=Span.SHORT)],
    Here: lambda now: [] if now.view["im_here"] else [Here()],
    Turn: lambda _now: [],
    Ours: lambda _now: [],
    Stop: lambda _now: [],
    NextOne: lambda _now: [],
    Glow: _glow,
    Finish: lambda _now: [Finish()],
}
