"""What a practice partner does on the Floor: it tells something small, and it listens as well as a script can.

It says back by quoting what the person wrote, and claims to understand nothing. What was said aloud it
cannot hear, and it says so. It says "yes" to every say-back, or now and then "nearly", so that there is
something to try again with; it never weighs the words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from nearer.practices.listening.moves import (
    Answer,
    Ask,
    Check,
    Cheer,
    Clarify,
    Coin,
    EndHere,
    Enough,
    Finish,
    Heat,
    Keep,
    More,
    Nod,
    Note,
    Reflect,
    SetTopic,
    Speak,
    Swap,
    Validate,
    Variant,
    Volunteer,
    Way,
)
from nearer.practices.listening.personas import PERSONAS, Speaker
from nearer.practices.listening.stories import Story
from nearer.protocol import Move
from nearer.protocol.partner import Line, Moment
from nearer.protocol.quoting import piece_of

__all__ = ["LINES", "PERSONAS"]

type Now = Moment[Speaker]

NEARLY = 1 / 3
CALM, WARM = 3, 6
OPENINGS = (
    _("Something of mine, to practise with: %(topic)s. %(words)s"),
    _("My story today: %(topic)s. %(words)s"),
    _("%(topic)s, that is what I chose. %(words)s"),
)
TAKEN_UP = (
    _("A person would take up your question, or leave it. A script goes on: %(words)s"),
    _("Your question stays with you; a script cannot answer it. More of mine: %(words)s"),
)
ADDED = (
    _("Nearly. What I would add: %(words)s"),
    _("That is most of it. There is one more part: %(words)s"),
    _("Close. Still missing: %(words)s"),
)
ADDED_UNHEARD = (
    _("You said it aloud, and a script cannot hear. A person could tell you now. To try again: %(words)s"),
    _("This script has no ears. Somebody across from you would say whether that was it. One more part: %(words)s"),
)  # fmt: skip
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
UNHEARD_NEWS = (
    _("A script cannot hear it. Somebody beside you would now want to know how it came about."),
    _("I have no ears, being a script. A person would now ask you for the best moment of it."),
)
LISTENED = (
    _("There was more in it than the first sentence."),
    _("Saying something back is slower than answering, and quieter."),
    _("I had less to say than I thought, and more to hear."),
)


def _story(now: Now) -> Story:
    """The one story of this run; good news when that is what the talk is about."""
    good = now.view.get("variant") == Variant.GOOD
    return now.once("story").choice(now.persona.news if good else now.persona.stories)


def _heard(now: Now) -> Mapping[str, Any]:  # Any: one saying, as in the view
    """What the other said last."""
    return next((said for said in reversed(now.view["said"]) if not said["mine"]), {"words": "", "kind": ""})


def _topic(now: Now) -> Sequence[Move]:
    hard = [Variant.HARD] if now.view.get("may_be_hard") else []
    variant = now.once("variant").choice([Variant.EVERYDAY, Variant.EVERYDAY, Variant.GOOD, *hard])
    stories = now.persona.news if variant is Variant.GOOD else now.persona.stories
    return [SetTopic(topic=str(story.topic), variant=variant) for story in stories]


def _heat(now: Now) -> Sequence[Move]:
    most = WARM if now.view.get("variant") == Variant.HARD else CALM
    return [Heat(level=now.chance.randint(0, most))]


def _speak(now: Now) -> Sequence[Move]:
    story, turn, said = _story(now), now.view["turn"], now.view["said"]
    words = story.says[(turn - 1) % len(story.says)]
    stems: Sequence[Any] = (  # Any: lazily translated
        OPENINGS if turn == 1 else TAKEN_UP if said and said[0]["kind"] == "asked" else ("%(words)s",)
    )
    given = {"topic": story.topic, "words": words}
    return [Speak(words=str(stem) % given, aloud=False) for stem in stems]


def _nod(now: Now) -> Sequence[Move]:
    return [Nod()] if now.view["loop"] or now.chance.random() < 1 / 2 else []


def _reflect(now: Now) -> Sequence[Move]:
    heard = _heard(now)
    if not heard["words"]:
        return [Reflect(words=str(words), aloud=False) for words in UNHEARD]
    quote = piece_of(heard["words"], now.chance)
    stems = CLEARER if heard["kind"] == "clarified" else now.persona.heard
    return [Reflect(words=str(stem) % {"quote": quote}, aloud=False) for stem in stems]


def _cheer(now: Now) -> Sequence[Move]:
    if not _heard(now)["words"]:
        return [Cheer(way=Way.ASK, words=str(words), aloud=False) for words in UNHEARD_NEWS]
    glad = now.persona.glad.items()
    return [Cheer(way=way, words=str(words), aloud=False) for way, said in glad for words in said]


def _check(now: Now) -> Sequence[Move]:
    unheard = now.view["turn"] == 1 and not _heard(now)["words"]
    again = not now.view["loop"] and (unheard or now.chance.random() < NEARLY)
    return [Check(answer=Answer.NEARLY if again else Answer.YES)]


def _clarify(now: Now) -> Sequence[Move]:
    missing = _story(now).missing
    words = missing[(now.view["turn"] - 1) % len(missing)]
    stems = ADDED if _heard(now)["words"] else ADDED_UNHEARD
    return [Clarify(words=str(stem) % {"words": words}, aloud=False) for stem in stems]


def _more(now: Now) -> Sequence[Move]:
    left = now.view["turn"] < len(_story(now).says)
    return [More(more=left and now.chance.random() < 1 / 2)]


def _note(now: Now) -> Sequence[Move]:
    spoke = now.view["seat"] in now.view["floors"]
    return [Note(words=str(words)) for words in ((_story(now).note,) if spoke else LISTENED)]


LINES: Mapping[type[Move], Line[Speaker]] = {
    SetTopic: _topic,
    Heat: _heat,
    Volunteer: lambda _now: [Volunteer()],
    Coin: lambda now: [Coin(heads=now.chance.random() < 1 / 2)],
    Speak: _speak,
    Nod: _nod,
    Reflect: _reflect,
    Cheer: _cheer,
    Check: _check,
    Clarify: _clarify,
    Enough: lambda _now: [Enough(enough=True)],
    Validate: lambda now: [Validate(words=str(words), aloud=False) for words in now.persona.sense],
    Ask: lambda now: [Ask(question=str(words), aloud=False) for words in now.persona.asks],
    More: _more,
    Swap: lambda _now: [Swap()],
    EndHere: lambda _now: [],  # both get the floor
    Note: _note,
    Keep: lambda _now: [Keep(keep=False)],  # nothing of a rehearsal is kept
    Finish: lambda _now: [Finish()],
}
