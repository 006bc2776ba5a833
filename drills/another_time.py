"""Why it is another time: in One Thing every cause gives both the same pages, at the same moment, and takes as long."""

from __future__ import annotations

import random
import re
import sqlite3
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from drills.crowd import Crowd, Pair, Person
from drills.figures import Figure, Ground, at_most, exactly, time_of, told
from drills.parallel import form_of
from nearer.testing.server import Copy

ROOM = "one-thing"
CAUSES = {
    "the first one, not now": ("no", "yes"), "the second one, not now": ("yes", "no"), "stirred up": ("can", "stirred"),
    "neither": ("no", "no"), "switched off by the first": ("yes", "yes"), "switched off by the second": ("yes", "yes"),
    "night for the first": ("yes", "yes"), "night for the second": ("yes", "yes"), "never answered": ("yes", ""),
}  # fmt: skip
SOME = ["the second one, not now", "switched off by the second", "never answered"]
ALOUD = {"aloud": "yes"}
EASY = [
    (0, "SetTopic", {"topic": "the drive home", "variant": "everyday"}), (1, "TakeTopic", {}), (0, "Heat", {"level": "easy"}),
    (1, "Heat", {"level": "easy"}), (0, "Volunteer", {}), (0, "Speak", ALOUD), (1, "Reflect", ALOUD), (0, "Check", {"answer": "yes"}),
    (1, "Validate", ALOUD), (1, "Ask", ALOUD), (0, "More", {"more": "no"}), (1, "EndHere", {}), (0, "Note", {"words": ""}),
    (1, "Note", {"words": ""}), (0, "Keep", {"keep": "no"}), (1, "Keep", {"keep": "no"}),
]  # fmt: skip
OPEN, EDGE = timedelta(minutes=20), timedelta(seconds=30)
"""How long it is open, and how close to that it is looked at."""
EVERY = 10
"""At every so many evenings of a cause what both see is compared, too."""
NOON, NIGHT = 12, 2
"""The hour that it is where somebody lives by day, and at night."""
# What is another on every answer, and the day that stands on Today, which is the same for both whatever was answered.
CHANGING = re.compile(
    r'<p class="quiet">\w+day \d+ \w+</p>|name="csrfmiddlewaretoken" value="[^"]*"|data-(now|due|token|drafts)="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|nonce="[^"]*"|<time.*?</time>'
)
LEVEL = 0.05
"""How likely it may be that times which are alike are called apart, in all comparisons together (Holm 1979)."""

type Seen = tuple[str, ...]
type Times = Mapping[str, Sequence[float]]


def drill(ground: Ground) -> list[Figure]:
    """Ask both whether it is a good time, for every cause in turn, and compare what they see and how long it took."""
    times, chance = ground.size(short=1, long=200), random.Random(1979)
    causes = list(CAUSES) if ground.is_long else SOME
    copy = ground.copy()
    copy.start()
    seen: dict[str, dict[date, set[Seen]]] = defaultdict(lambda: defaultdict(set))
    took: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    try:
        copy.wait_for_day()
        with Crowd(copy.url) as crowd:
            pair = crowd.pair(1)
            for _ in range(2):
                _play_easy(pair)
            evening = Evening(copy=copy, pair=pair, tokens={})
            for number in range(times):
                evening = Evening(copy=copy, pair=pair, tokens=evening.tokens, looks=number % EVERY == 0)
                # In another order each time, so that what the machine does meanwhile falls on all of them.
                for cause in chance.sample(causes, len(causes)):
                    pages, lasted = evening.refused(cause)
                    for what, (day, page) in pages.items():
                        seen[what][day].add(page)
                    for what in lasted:
                        took[what][cause].append(lasted[what] * 1000)
                _forget(copy)
    finally:
        copy.stop()
    medians = {
        what: [statistics.median(each) for each in by_cause.values()] for what, by_cause in took.items()
    }
    compared = [p for by_cause in took.values() for p in _chances(by_cause)]
    return [
        told("times for each of so many causes", f"{times}, {len(causes)}"),
        *(exactly(f"pages that differ on any of {len(days)} days, of either of the two, {what}", max(map(len, days.values())) - 1, 0) for what, days in seen.items()),
        *(time_of(at_most(f"medians of the times, {what}, apart by", round(max(each) - min(each), 1), 10, " ms")) for what, each in medians.items()),
        time_of(exactly(f"of {len(compared)} comparisons those that the times tell apart", _apart(compared), 0)),
        told("the smallest chance of such times if they were alike", f"{min(compared):.4f}"),
    ]  # fmt: skip


def _play_easy(pair: Pair) -> None:
    path, both = pair.sit_down(), (pair.host, pair.guest)
    for who, move, fields in EASY:
        both[who].send(path, move=move, **fields)


@dataclass(frozen=True)
class Evening:
    """Two people who try again and again.

    Attributes:
        copy: where.
        pair: who.
        tokens: of their forms.
        looks: whether what they see is compared as well, with Today beside it, and not only how long it takes.
    """

    copy: Copy
    pair: Pair
    tokens: dict[str, str]
    looks: bool = True

    def refused(self, cause: str) -> tuple[dict[str, tuple[date, Seen]], dict[str, float]]:
        """Let both answer; return what both see by when, with the day, and how long each took.

        Today has something else on another day, whatever was answered: a look-back on Sunday, a new week. So days are compared apart.
        """
        host, guest = both = (self.pair.host, self.pair.guest)
        for person, whose in zip(both, ("first", "second"), strict=True):
            self._live_where_it_is(NIGHT if cause == f"night for the {whose}" else NOON, person)
            self._switch(person, on=cause != f"switched off by the {whose}")
        path = self._post(host, f"/practise/{ROOM}/start", mode="live", ready="yes")
        self._post(guest, path, move="Ready", seq="1")
        self._post(host, path, move="SetIssue", seq="2", topic="Saturday evening")
        begun = time.perf_counter()
        mine, theirs = CAUSES[cause]
        self._post(host, path, move="Gate", seq="3", ready=mine)
        lasted = {}
        if theirs:
            lasted["to answer"] = _timed(lambda: self._post(guest, path, move="Gate", seq="3", ready=theirs))
        for person in both:
            # What somebody switched on, and where they live, is theirs to see.
            self._live_where_it_is(NOON, person)
            self._switch(person, on=True)
        self.copy.wait(OPEN - EDGE - timedelta(seconds=time.perf_counter() - begun))
        pages = {}
        pages["shortly before it closes"] = self._seen(host, path, lasted, "while one waits")
        self.copy.wait(EDGE)
        pages["once it is closed"] = self._seen(host, path, lasted, "once it is closed")
        if theirs:  # whoever has answered knows of one move more: their own
            pages["once it is closed, for the other"] = self._seen(
                guest, path, lasted, "once it is closed, for the other"
            )
        return pages if self.looks else {}, lasted

    def _seen(self, person: Person, path: str, lasted: dict[str, float], what: str) -> tuple[date, Seen]:
        begun = time.perf_counter()
        page = person.see(path).text
        lasted[what] = time.perf_counter() - begun
        texts = (page, person.see("/").text) if self.looks else (page,)
        return self._day_of(person), tuple(CHANGING.sub("", text) for text in texts)

    def _day_of(self, person: Person) -> date:
        """Return which day it is where somebody lives: an evening may begin on one and be closed on the next by the server's clock."""
        ahead = -int(person.client.cookies["z"].removeprefix("Etc/GMT"))
        return (self.copy.now + timedelta(hours=ahead)).date()

    def _live_where_it_is(self, hour: int, person: Person) -> None:
        ahead = (hour - self.copy.now.hour + 11) % 24 - 11
        person.client.cookies.set("z", f"Etc/GMT{-ahead:+d}")

    def _switch(self, person: Person, *, on: bool) -> None:
        self._post(person, f"/{ROOM}/on", on="yes" if on else "no")

    def _post(self, person: Person, path: str, **fields: str) -> str:
        token = self.tokens.get(person.name)
        if token is None:
            _, form = form_of(person, f"/practise/{ROOM}", action=f"/{ROOM}/on")
            token = self.tokens[person.name] = form["csrfmiddlewaretoken"]
        data = fields | {"csrfmiddlewaretoken": token}
        answer = person.client.post(path, data=data, follow_redirects=False)
        if not answer.is_redirect:
            raise RuntimeError(f"{fields.get('move', path)} was answered {answer.status_code}")
        return answer.headers["Location"]


def _timed(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def _forget(copy: Copy) -> None:
    """Take away what time has ended, which else stays for three days: so no evening has more behind it than another."""
    with closing(sqlite3.connect(copy.data / "nearer.sqlite3", timeout=20)) as records, records:
        ended = "(SELECT id FROM sittings_sitting WHERE is_over = 0)"
        records.execute(f"DELETE FROM sittings_entry WHERE sitting_id IN {ended}")
        records.execute("DELETE FROM sittings_sitting WHERE is_over = 0")


def _chances(by_cause: Times) -> list[float]:
    """Return of each two causes how likely such times are if nothing tells them apart (Kolmogorov and Smirnov)."""
    # Heavy, and whoever only looks which drills there are need not wait for it.
    from scipy import stats

    return [float(stats.ks_2samp(one, other).pvalue) for one, other in combinations(by_cause.values(), 2)]


def _apart(chances: Sequence[float]) -> int:
    """Return how many of so many comparisons tell something apart, by Holm's step-down."""
    found = 0
    for rank, chance in enumerate(sorted(chances)):
        if chance > LEVEL / (len(chances) - rank):
            break
        found += 1
    return found
