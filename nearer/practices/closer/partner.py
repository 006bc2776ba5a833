"""What a practice partner shares in Closer, and how it receives what is shared with it.

A script has no life that would fit any question. It says so once, and tells something small that was written for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from nearer.parts import lines
from nearer.parts.lines import heard, quoted
from nearer.parts.moves import Note, Said
from nearer.practices.closer.moves import Answer, Care, Draw, First, Next, Pass, Respond, Share, Tell, Where
from nearer.practices.closer.personas import PERSONAS, Confidant
from nearer.protocol import Move
from nearer.protocol.partner import Line, Moment

__all__ = ["LINES", "PERSONAS"]

type Now = Moment[Confidant]

OPENINGS = (
    _("A script has no answer of its own to that. Something small I was given: %(words)s"),
    _("I am a script, so this may not fit the question. Still: %(words)s"),
)
UNHEARD = (
    _("Thank you. A script cannot hear what you say aloud; a person would have."),
    _("I have no ears, being a script. Somebody beside you would now thank you for it."),
)
DEEPENS = 1 / 2


def _tells(now: Now, kind: type[Said]) -> Sequence[Move]:
    tells = now.persona.tells[now.view["level"] - 1]
    stems: Sequence[Any] = OPENINGS if now.view["turn"] == 1 else ("%(words)s",)  # Any: lazily translated
    return [kind(words=str(stem) % {"words": words}, aloud=False) for stem in stems for words in tells]


def _receives(now: Now) -> Sequence[Move]:
    if not heard(now)["words"]:
        return [Respond(way=Care.THANK, words=str(words), aloud=False) for words in UNHEARD]
    persona = now.persona
    said = {
        Care.THANK: persona.thank,
        Care.BACK: quoted(now, persona.heard),
        Care.TOUCHED: quoted(now, persona.touched),
        Care.WANT: persona.want,
    }
    return [Respond(way=way, words=words, aloud=False) for way, several in said.items() for words in several]


def _onward(now: Now) -> Sequence[Move]:
    deeper = now.view["may_deepen"] and now.chance.random() < DEEPENS
    further = Where.DEEPER if now.view["level"] == 1 else Where.THIRD
    return [Next(where=further if deeper else Where.SAME)]


LINES: Mapping[type[Move], Line[Any]] = {  # Any: the parts' lines fit every persona
    **lines.LINES,
    Draw: lambda now: [] if now.view["card"] else [Draw(card="")],
    Answer: lambda now: _tells(now, Answer),
    First: lambda _now: [First()],
    Share: lambda now: _tells(now, Share),
    Pass: lambda _now: [],  # it has something to share
    Respond: _receives,
    Tell: lambda now: [Tell(words=words, aloud=False) for words in now.persona.wishes],
    Next: _onward,
    Note: lambda now: [Note(words=words) for words in now.persona.safe],
}
