"""A clock that is set wrong and right again, in the middle of everything; what has an end keeps its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import httpx

from bench.html import Page
from drills.crowd import PASSPHRASE, Crowd, Pair
from drills.figures import Figure, Ground, at_least, exactly
from drills.opening import Reader
from drills.rows import Stores
from nearer.testing.server import Copy

JUMP, HOUR, DAY = timedelta(hours=2), timedelta(hours=1), timedelta(days=1)
MOMENT = re.compile(r'data-(due|now)="([^"]+)"')
ERASED = "Nothing that was said here is kept."
DRAWN = ("/", "/us", "/practise", "/settings", "/settings/devices")


def drill(ground: Ground) -> list[Figure]:
    """Let the server's clock jump through an evening, let it be far off and right again, and then let days pass."""
    times = ground.size(short=4, long=60)
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        evening = Evening(copy, crowd.pair(1))
        evening.jump_about(times)
        ends = dict(evening.be_far_off()) | dict(evening.let_days_pass(crowd))
        found = [Reader(Stores.of(copy), person.name, PASSPHRASE).everything() for person in evening.people]
    return [
        at_least("pages drawn after a jump", evening.drawn, times),
        exactly("of them a failure", evening.failures, 0),
        exactly("moments on them that are past and still to come", evening.negative, 0),
        exactly("moves that were refused because of the clock", evening.refused, 0),
        exactly("sealed things that do not open", sum(len(each.shut) for each in found), 0),
        *[exactly(what, kept, asked=True) for what, kept in ends.items()],
    ]


class Evening:
    """Two people, and a server whose clock cannot be trusted.

    Args:
        copy: the server.
        pair: the two.
    """

    def __init__(self, copy: Copy, pair: Pair) -> None:
        self.copy, self.pair = copy, pair
        self.people = (pair.host, pair.guest)
        self.path = pair.sit_down()
        self.drawn = self.failures = self.negative = self.refused = 0

    def jump_about(self, times: int) -> None:
        """Move on in a sitting while the clock goes two hours forwards and two back."""
        self.pair.host.send(self.path, move="SetTopic", topic="the drive home")
        for number in range(times):
            self.copy.set_wrong(JUMP * (number % 3 - 1))
            self._draw(self.path, *DRAWN)
            for move in ("Pause", "Resume"):
                try:
                    self.pair.guest.send(self.path, move=move)
                except (httpx.HTTPStatusError, LookupError):
                    self.refused += 1
        self.copy.set_wrong(timedelta())

    def be_far_off(self) -> Iterator[tuple[str, bool]]:
        """Return whether a sitting that is open, and being signed in, outlast a clock that is days off for a while."""
        for wrong in (-80 * HOUR, 40 * DAY):
            self.copy.set_wrong(wrong)
            self._draw(self.path)
            for move in ("Pause", "Resume"):
                self.pair.guest.send(self.path, move=move)
            self.copy.set_wrong(timedelta())
            yield f"open after the clock was off by {wrong}", self._is_open()
        for wrong in (40 * DAY, timedelta()):
            self.copy.stop()
            self.copy.set_wrong(wrong)
            self.copy.start()
            yield f"signed in after a start with a clock off by {wrong}", self._stays(timedelta())
            yield f"open after a start with a clock off by {wrong}", self._is_open()
        self.copy.wait(3 * DAY + 2 * JUMP)  # the end was set while the clock was ahead
        yield "nothing is called erased that is not", self._says(ERASED) is self._is_erased()
        self.copy.run("prune")
        yield "and what is, is", self._says(ERASED) and self._is_erased()
        self.copy.set_wrong(-80 * HOUR)
        yield "and stays so when the clock is put back", self._says(ERASED)
        self.copy.set_wrong(timedelta())

    def _is_open(self) -> bool:
        return all(person.page(self.path).main["data-step"] != "over" for person in self.people)

    def _says(self, words: str) -> bool:
        return all(words in person.see(self.path).text for person in self.people)

    def _is_erased(self) -> bool:
        return not Stores.of(self.copy).keys.count(
            "vault_storedkey", "owner = ?", self.path[-36:].replace("-", "")
        )

    def let_days_pass(self, crowd: Crowd) -> Iterator[tuple[str, bool]]:
        """Return what has an end, and whether it keeps it."""
        host, late = self.pair.host, crowd.person("late")
        page = Page(host.send("/invite", kin="friend").text)
        secret = page.kept["data-invite-link"].partition("#")[2]
        self.copy.wait(3 * DAY - HOUR)
        yield "an invitation opens an hour before its end", self._opens(late.name, crowd, secret)
        self.copy.wait(JUMP)
        yield "and not an hour after it", not self._opens("later", crowd, secret)
        self.copy.wait(-JUMP)
        self._draw("/")
        yield "somebody who comes once in ten days stays signed in", self._stays(10 * DAY)
        yield "somebody who stays away for three weeks does not", not self._stays(21 * DAY)

    def _opens(self, name: str, crowd: Crowd, secret: str) -> bool:
        person = crowd.person(name)
        path = person.page("/j/").form(action="/j/open")
        answer = person.client.post(path.action, data=path.fields | {"secret": secret})
        self.failures += answer.status_code >= 500
        return answer.status_code == 200

    def _stays(self, away: timedelta) -> bool:
        self.copy.wait(away)
        return self.pair.guest.client.get("/settings", follow_redirects=False).status_code == 200

    def _draw(self, *paths: str) -> None:
        for person in self.people:
            for path in paths:
                answer = person.client.get(path)
                self.drawn += 1
                self.failures += answer.status_code >= 500
                moments = {name: datetime.fromisoformat(at) for name, at in MOMENT.findall(answer.text)}
                self.negative += moments.keys() == {"due", "now"} and moments["due"] < moments["now"]
