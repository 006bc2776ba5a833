"""What a practice partner does in the parts of a conversation, in any room.

It says back by quoting what the person wrote, and claims to understand nothing. What was said aloud it
cannot hear, and it says so. It says "yes" to every say-back, or now and then "nearly", so that there is
something to try again with; it never weighs the words. A promise of a script is worth nothing, which the mark on every
page says. A room adds what its personas tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from nearer.parts.moves import (
    Agree,
    Ask,
    Check,
    EndHere,
    Enough,
    Finish,
    Fit,
    Keep,
    Nod,
    NoPlan,
    NoRequest,
    Note,
    Plan,
    Reflect,
    Reply,
    Spoken,
    Swap,
    Unfold,
    Validate,
    Way,
)
from nearer.protocol import Move
from nearer.protocol.partner import Line, Moment
from nearer.protocol.quoting import piece_of

type Now = Moment[Any]  # Any: each room's own persona

NEARLY = 1 / 3
HEARD = (
    _("What I heard: “%(quote)s”."),
    _("You said: “%(quote)s”."),
    _("This is what reached me: “%(quote)s”."),
)
CLEARER = (
    _("So this was missing: “%(quote)s”."),
    _("That is the part I had not heard: “%(quote)s”."),
    _("With that added: “%(quote)s”."),
)
UNHEARD = (
    _("You said it aloud, and a script cannot hear. A person would tell you now what reached them. Write one sentence of it, and I say that back."),
    _("I have no ears, being a script. Somebody beside you would now say it back in their own words. With “Nearly” you can write me a part."),
    _("That was for the room, and a script does not hear the room. A person would now begin: what I heard is…"),
)  # fmt: skip
SENSE = (
    _("That makes sense to me."),
    _("I can see why that stays with you."),
    _("With what you told me, it fits that you feel this way."),
)
ASKS = (
    _("What was that moment like for you?"),
    _("What would you like me to know about it?"),
    _("How did it go on, inside you?"),
)
NOTED = (
    _("There was more in it than the first sentence."),
    _("Saying something back is slower than answering, and quieter."),
    _("I had less to say than I thought, and more to hear."),
)
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


def heard(now: Now) -> Mapping[str, Any]:  # Any: one saying, as in the view
    """Return what the other said last; without words if it was said aloud."""
    last = now.view.get("last")
    return last if last and not last["mine"] else {"words": "", "kind": ""}


def quoted(now: Now, stems: Sequence[Any]) -> list[str]:  # Any: lazily translated
    """Return ways to say back a piece of what was heard."""
    quote = piece_of(heard(now)["words"], now.chance)
    return [str(stem) % {"quote": quote} for stem in stems]


def _of(now: Now, name: str, plain: Sequence[Any]) -> Sequence[Any]:  # Any: lazily translated
    """Return what the persona says, or what anybody would."""
    return getattr(now.persona, name, plain)


def _nod(now: Now) -> Sequence[Move]:
    return [Nod()] if now.view["loop"] or now.chance.random() < 1 / 2 else []


def _reflect(now: Now) -> Sequence[Move]:
    said = heard(now)
    if not said["words"]:
        return [Reflect(words=str(words), aloud=False) for words in UNHEARD]
    stems = CLEARER if said["kind"] == "clarified" else _of(now, "heard", HEARD)
    return [Reflect(words=words, aloud=False) for words in quoted(now, stems)]


def _check(now: Now) -> Sequence[Move]:
    unheard = now.view.get("turn", 1) == 1 and not heard(now)["words"]
    again = not now.view["loop"] and (unheard or now.chance.random() < NEARLY)
    return [Check(answer=Fit.NEARLY if again else Fit.YES)]


def _plan(now: Now) -> Sequence[Move]:
    return [Plan(cue=str(cue), act=str(act), days=now.chance.randint(2, 10)) for cue, act in PLANS]


LINES: Mapping[type[Move], Line[Any]] = {
    Nod: _nod,
    Reflect: _reflect,
    Check: _check,
    Enough: lambda _now: [Enough(enough=True)],
    Ask: lambda now: [Ask(words=str(words), aloud=False) for words in _of(now, "asks", ASKS)],
    Validate: lambda now: [Validate(words=str(words), aloud=False) for words in _of(now, "sense", SENSE)],
    NoRequest: lambda _now: [],  # it has something to ask for
    Unfold: lambda _now: [Unfold()],
    Reply: lambda _now: [Reply(way=way, words=str(words), days=0) for way, words in REPLIES],
    Spoken: lambda _now: [Spoken()],
    Plan: _plan,
    NoPlan: lambda _now: [],
    Agree: lambda _now: [Agree(agree=True)],
    Note: lambda _now: [Note(words=str(words)) for words in NOTED],
    Keep: lambda _now: [Keep(keep=False)],  # nothing of a rehearsal is kept
    Finish: lambda _now: [Finish()],
    Swap: lambda _now: [Swap()],
    EndHere: lambda _now: [],  # both get a turn
}
