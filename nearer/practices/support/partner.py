"""What a practice partner asks for in With You, and how it is there for somebody.

A script has no hands and no ears, and it says so. It claims no feeling for the person in front of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from nearer.parts import lines
from nearer.parts.lines import heard, quoted
from nearer.parts.moves import Clarify, Glad, Speak
from nearer.practices.support.moves import (
    Attend,
    Begin,
    Cheer,
    Go,
    Heart,
    Hold,
    Idea,
    Landed,
    Landing,
    Lighten,
    More,
    NoIdea,
    Offer,
    Stop,
    Touch,
    Want,
    Way,
    Welcome,
    Wish,
)
from nearer.practices.support.personas import PERSONAS, Companion
from nearer.protocol import Move
from nearer.protocol.partner import Line, Moment

__all__ = ["LINES", "PERSONAS"]

type Now = Moment[Companion]

UNHEARD = (
    _("A script cannot hear you. Somebody beside you would now say back what they heard."),
    _("I have no ears, being a script. A person would now stay with that for a moment."),
    _("That was for the room. A person would ask you now how it is to say it."),
)
UNHEARD_NEWS = (
    _("A script cannot hear it. Somebody beside you would now want the whole story."),
    _("I have no ears, being a script. A person would ask for the best moment of it."),
)
MORE_OF = 1 / 4


def _want(now: Now) -> Sequence[Move]:
    return [Want(wish=now.once("wish").choice(list(Wish)))]


def _speak(now: Now) -> Sequence[Move]:
    bits = now.persona.news if now.view["wish"] == Wish.GLAD else now.persona.tells
    told = sum(saying["mine"] and saying["kind"] == "spoke" for saying in now.view["said"])
    return [Speak(words=words, aloud=False) for words in bits[told : told + 1]]


def _attend(now: Now) -> Sequence[Move]:
    persona = now.persona
    if not heard(now)["words"]:
        return [Attend(way=Way.BACK, words=str(words), aloud=False) for words in UNHEARD]
    if now.view["wish"] == Wish.KNOW:
        return [Attend(way=Way.THANK, words=words, aloud=False) for words in persona.thank]
    said = {Way.BACK: quoted(now, persona.heard), Way.SENSE: persona.sense, Way.ASK: persona.asks}
    return [Attend(way=way, words=words, aloud=False) for way, several in said.items() for words in several]


def _welcome(now: Now) -> Sequence[Move]:
    wants = now.view["wish"] == Wish.THINK and now.chance.random() < 1 / 2
    return [Welcome()] if wants and now.view["said"] else []


def _hold(now: Now) -> Sequence[Move]:
    return [Hold(touch=now.chance.choice([Touch.NONE, Touch.HEART]))]


def _landed(now: Now) -> Sequence[Move]:
    more = not now.view["again"] and now.chance.random() < MORE_OF
    return [Landed(how=Landing.LISTEN if more else Landing.LANDED)]


def _cheer(now: Now) -> Sequence[Move]:
    if not heard(now)["words"]:
        return [Cheer(way=Glad.ASK, words=str(words), aloud=False) for words in UNHEARD_NEWS]
    return [
        Cheer(way=way, words=words, aloud=False) for way, said in now.persona.glad.items() for words in said
    ]


LINES: Mapping[type[Move], Line[Any]] = {  # Any: the parts' lines fit every persona
    **lines.LINES,
    Want: _want,
    Offer: lambda _now: [],  # it says what it would like, when it is asked
    Speak: _speak,
    Clarify: lambda now: [Clarify(words=words, aloud=False) for words in now.persona.missing],
    Attend: _attend,
    Cheer: _cheer,
    Welcome: _welcome,
    Idea: lambda now: [Idea(words=words, aloud=False) for words in now.persona.ideas],
    NoIdea: lambda _now: [],
    Go: lambda _now: [Go(to=More.ENOUGH)],
    Heart: lambda _now: [],
    Hold: _hold,
    Begin: lambda _now: [Begin()],
    Stop: lambda _now: [],
    Lighten: lambda now: [] if now.view["card"] else [Lighten(card="")],
    Landed: _landed,
}
