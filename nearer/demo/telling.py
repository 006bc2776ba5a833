"""Tells the story: everything in it is done with the forms of the pages that anybody has, on a clock that is moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.content import drawing
from nearer.demo.hand import Hand, StoryBroken
from nearer.demo.pages import NoSuchForm
from nearer.demo.photos import photo
from nearer.demo.story import Scene, Step
from nearer.server.daily import often
from nearer.sittings.run import drawn
from nearer.sittings.taking_back.prune import prune
from nearer.vault.models import SealedSession

A_MOMENT = timedelta(seconds=70)
SECRET = re.compile(r"data-invite-link[^>]*>[^<]*#([^<\s]+)")
CONFIRM = re.compile(r"/b/[0-9a-f-]+/confirm")
DRAWN = "drawn:"
HERE = "here"
DEAL = "deal"  # beside the fields of a move: which card comes
IN_DAYS = re.compile(r"day:(\d+)")
AT_A_TIME = re.compile(r"time:(\d+) (\d\d:\d\d)")


class Clock:
    """The clock of the telling: Django asks it for the time, as everything in the product asks Django."""

    def __init__(self) -> None:
        self._shift = timedelta()
        self._machine = timezone.now
        timezone.now = self.now

    def now(self) -> datetime:
        """Return what it says."""
        return self._machine() + self._shift

    def move_to(self, moment: datetime) -> None:
        """Let time pass until a moment; it never goes back."""
        self.wait(max(moment - self.now(), timedelta()))

    def wait(self, time: timedelta) -> None:
        """Let time pass."""
        self._shift += time


class Dealer:
    """Lets the cards come that the story is about; where it says nothing, chance deals as ever."""

    def __init__(self) -> None:
        self.wanted = ""
        self._by_chance = drawing.next_of
        vars(drawn)["next_of"] = self._next_of

    def _next_of(
        self, ids: Sequence[str], *rest: Any
    ) -> tuple[list[str], list[str]]:  # Any: as `next_of` has it
        return self._by_chance([self.wanted] if self.wanted in ids else ids, *rest)


class Telling:
    """The two, their bond, and where they are in the story.

    Args:
        people: who they are by username, signed up.
        clock: the clock of the story.
    """

    def __init__(self, people: dict[str, Hand], clock: Clock) -> None:
        self._people = people
        self._clock = clock
        self._bond = ""
        self._sitting = ""
        self._dealer = Dealer()
        for connection in connections.all():
            if connection.vendor == "sqlite":  # a story that a power cut ends is told again
                connection.cursor().execute("PRAGMA synchronous=OFF")

    def meet(self, host: str, guest: str, kin: str) -> None:
        """Let one invite and the other join, and bond them."""
        inviting, joining = self._people[host], self._people[guest]
        inviting.come_in()
        inviting.go("/invite")
        inviting.press("/invite", {"kin": kin})
        secret = SECRET.search(inviting.go(inviting.path))
        joining.come_in()
        joining.go("/j/")
        joining.press("/j/open", {"secret": secret[1] if secret else ""})
        joining.go(joining.path)
        joining.press("/j/join", {})
        inviting.go("/")
        inviting.press("/confirm", {"answer": "yes"})
        self._bond = str(Bond.objects.get().pk)

    def tell(self, story: Iterable[Scene]) -> None:
        """Let all of it happen.

        Raises:
            StoryBroken: something in it cannot be done; the message says what.
        """
        day = self._clock.now().date()
        for scene in story:
            self._clock.move_to(scene.at)
            if self._clock.now().date() != day:
                day = self._clock.now().date()
                prune(self._clock.now())
            for hand in self._people.values():
                hand.come_in()
            try:
                self._play(scene)
            except (StoryBroken, NoSuchForm) as problem:
                raise StoryBroken(f"{scene.at:%a %d %b %H:%M} {scene.room}: {problem}") from problem

    def end(self) -> None:
        """Let what has run out end, and leave nobody signed in."""
        often(self._clock.now())
        prune(self._clock.now())
        SealedSession.objects.all().delete()

    def _play(self, scene: Scene) -> None:
        self._sitting = ""
        if scene.room:
            hand = self._people[scene.by]
            hand.go(f"/practise/{scene.room}")
            hand.press("/start", {"mode": scene.mode})
            self._sitting = hand.path
        for step in scene.steps:
            self._clock.wait(timedelta(hours=step.hours) or A_MOMENT)
            if step.hours:
                for hand in self._people.values():
                    hand.come_in()
            self._do(step)

    def _do(self, step: Step) -> None:
        hand = self._people[step.who]
        if step.page != HERE:
            page, _arrow, link = step.page.replace("{bond}", self._bond).partition(" → ")
            hand.go(page or self._sitting)
            if link:
                hand.follow(link)
        if step.form:
            fields = {name: self._value(text) for name, text in step.fields.items() if name != DEAL}
            self._dealer.wanted = step.fields.get(DEAL, "")
            files = {name: fields.pop(name) for name, text in step.fields.items() if _is_drawn(text)}
            hand.press(step.form, fields, files)

    def _value(self, text: str) -> Any:
        if _is_drawn(text):
            return SimpleUploadedFile("photo.jpg", photo(text.removeprefix(DRAWN)), "image/jpeg")
        if found := IN_DAYS.fullmatch(text):
            return _in_days(found[1])
        if found := AT_A_TIME.fullmatch(text):
            return f"{_in_days(found[1])}T{found[2]}"
        return text


def _in_days(days: str) -> str:
    return (timezone.localdate() + timedelta(days=int(days))).isoformat()


def _is_drawn(text: object) -> bool:
    return isinstance(text, str) and text.startswith(DRAWN)
