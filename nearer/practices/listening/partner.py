"""What a practice partner tells on the Floor: something small, or good news. How it listens is the parts'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from nearer.parts import lines
from nearer.parts.lines import heard
from nearer.parts.moves import Clarify, Note, Speak
from nearer.practices.listening.moves import (
    Cheer,
    Coin,
    Feel,
    Glad,
    Heat,
    More,
    SetTopic,
    TakeTopic,
    Variant,
    Volunteer,
)
from nearer.practices.listening.personas import PERSONAS, Speaker, Story
from nearer.protocol import Move
from nearer.protocol.partner import Line, Moment

__all__ = ["LINES", "PERSONAS"]

type Now = Moment[Speaker]

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
UNHEARD_NEWS = (
    _("A script cannot hear it. Somebody beside you would now want to know how it came about."),
    _("I have no ears, being a script. A person would now ask you for the best moment of it."),
)


def _story(now: Now) -> Story:
    """The one story of this run; good news when that is what the talk is about."""
    good = now.view.get("variant") == Variant.GOOD
    return now.once("story").choice(now.persona.news if good else now.persona.stories)


def _topic(now: Now) -> Sequence[Move]:
    if now.view.get("suggested"):
        return []  # what the person suggests is welcome
    hard = [Variant.HARD] if now.view.get("may_be_hard") else []
    variant = now.once("variant").choice([Variant.EVERYDAY, Variant.EVERYDAY, Variant.GOOD, *hard])
    stories = now.persona.news if variant is Variant.GOOD else now.persona.stories
    return [SetTopic(topic=str(story.topic), variant=variant) for story in stories]


def _heat(now: Now) -> Sequence[Move]:
    hard = now.view.get("variant") == Variant.HARD
    return [Heat(level=now.chance.choice([Feel.EASY, Feel.TOUCHY]) if hard else Feel.EASY)]


def _speak(now: Now) -> Sequence[Move]:
    story, turn, last = _story(now), now.view["turn"], now.view["last"]
    words = story.says[(turn - 1) % len(story.says)]
    stems: Sequence[Any] = (  # Any: lazily translated
        OPENINGS if turn == 1 else TAKEN_UP if last and last["kind"] == "asked" else ("%(words)s",)
    )
    given = {"topic": story.topic, "words": words}
    return [Speak(words=str(stem) % given, aloud=False) for stem in stems]


def _cheer(now: Now) -> Sequence[Move]:
    if not heard(now)["words"]:
        return [Cheer(way=Glad.ASK, words=str(words), aloud=False) for words in UNHEARD_NEWS]
    glad = now.persona.glad.items()
    return [Cheer(way=way, words=str(words), aloud=False) for way, said in glad for words in said]


def _clarify(now: Now) -> Sequence[Move]:
    missing = _story(now).missing
    words = missing[(now.view["turn"] - 1) % len(missing)]
    stems = ADDED if heard(now)["words"] else ADDED_UNHEARD
    return [Clarify(words=str(stem) % {"words": words}, aloud=False) for stem in stems]


def _more(now: Now) -> Sequence[Move]:
    left = now.view["turn"] < len(_story(now).says)
    return [More(more=left and now.chance.random() < 1 / 2)]


def _note(now: Now) -> Sequence[Move]:
    spoke = now.view["seat"] in now.view["floors"]
    return [Note(words=str(_story(now).note))] if spoke else lines.LINES[Note](now)


LINES: Mapping[type[Move], Line[Any]] = {  # Any: the parts' lines fit every persona
    **lines.LINES,
    SetTopic: _topic,
    TakeTopic: lambda _now: [TakeTopic()],
    Heat: _heat,
    Volunteer: lambda _now: [Volunteer()],
    Coin: lambda now: [Coin(heads=now.chance.random() < 1 / 2)],
    Speak: _speak,
    Cheer: _cheer,
    Clarify: _clarify,
    More: _more,
    Note: _note,
}
