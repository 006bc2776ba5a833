"""What a practice partner does in the Needs Mirror: it has a map and a few needs, asks, and says back by quoting.

It claims to understand nothing. What was said aloud it cannot hear, and it says so. To a request it gives one
of the equal answers; a promise of a script is worth nothing, which the mark on every page says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from nearer.practices.needs.cards import STEMS
from nearer.practices.needs.moves import (
    ALL,
    CARDS,
    UNSAID,
    Agree,
    Answer,
    Ask,
    Check,
    EndHere,
    Enough,
    First,
    Fit,
    Guess,
    Guessed,
    Map,
    NoPlan,
    Notice,
    Pick,
    PickOwn,
    Plan,
    Reflect,
    Reply,
    Request,
    Show,
    Sign,
    SignMeans,
    Spoken,
    Swap,
    Unfold,
    Way,
    Withdraw,
)
from nearer.practices.needs.personas import PERSONAS, Need, Someone
from nearer.protocol import Move
from nearer.protocol.partner import Line, Moment
from nearer.protocol.quoting import piece_of

__all__ = ["LINES", "PERSONAS"]

type Now = Moment[Someone]

UNHEARD = (
    _("You said it aloud, and a script cannot hear. A person would now say back the feeling in it. Write one sentence, and I quote it."),
    _("I have no ears, being a script. Somebody beside you would begin: it sounds as if you felt…"),
    _("That was for the room. A person would now say what reached them."),
)  # fmt: skip
REPLIES = (
    (Way.YES, _("Gladly. A script can only say so; a person could do it.")),
    (Way.ANOTHER, _("Yes, with one change: at another time of the day.")),
    (Way.NOT_NOW, _("Not now. What I can do is listen a little longer.")),
)
PLANS = (
    (_("the dishes are done"), _("sit down for ten minutes")),
    (_("the front door closes behind us"), _("look at each other for a moment")),
    (_("it is Sunday and the tea is ready"), _("ask how the week was")),
)


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
    return [Ask(words=str(stem), aloud=False) for stem in STEMS]


def _answer(now: Now) -> Sequence[Move]:
    tells = _need(now).tells
    return [Answer(words=str(tells[min(now.view["loop"], len(tells) - 1)]), aloud=False)]


def _reflect(now: Now) -> Sequence[Move]:
    heard: Mapping[str, Any] = next((s for s in reversed(now.view["said"]) if not s["mine"]), {"words": ""})
    if not heard["words"]:
        return [Reflect(words=str(words), aloud=False) for words in UNHEARD]
    quote = piece_of(heard["words"], now.chance)
    return [Reflect(words=str(stem) % {"quote": quote}, aloud=False) for stem in now.persona.heard]


def _check(now: Now) -> Sequence[Move]:
    nearly = not now.view["loop"] and now.chance.random() < 1 / 3
    return [Check(fit=Fit.NEARLY if nearly else Fit.YES)]


def _notice(now: Now) -> Sequence[Move]:
    return [Notice(words=str(words), aloud=False) for words in now.persona.saw]


def _reply(now: Now) -> Sequence[Move]:
    return [Reply(way=way, words=str(words), days=0) for way, words in REPLIES]


def _plan(now: Now) -> Sequence[Move]:
    return [Plan(cue=str(cue), act=str(act), days=now.chance.randint(2, 10)) for cue, act in PLANS]


LINES: Mapping[type[Move], Line[Someone]] = {
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
    Reflect: _reflect,
    Check: _check,
    Notice: _notice,
    SignMeans: lambda now: [SignMeans(sign=now.chance.choice(list(Sign)))],
    Request: lambda now: [Request(words=str(_need(now).wants), aloud=False)],
    Enough: lambda _now: [],  # it has something to ask for
    Unfold: lambda _now: [Unfold()],
    Reply: _reply,
    Spoken: lambda _now: [Spoken()],
    Plan: _plan,
    NoPlan: lambda _now: [],
    Agree: lambda _now: [Agree(agree=True)],
    Swap: lambda _now: [Swap()],
    EndHere: lambda _now: [],  # both get a turn
}
