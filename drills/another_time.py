"""Why it is another time: in One Thing every cause gives both the same pages, and takes as long."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from itertools import combinations

from drills.crowd import Crowd, Pair, Person
from drills.figures import Figure, Ground, at_most, exactly, time_of, told
from drills.parallel import form_of

ROOM = "one-thing"
CAUSES = {
    "the first one, not now": ("no", "yes"), "the second one, not now": ("yes", "no"), "stirred up": ("can", "stirred"),
    "neither": ("no", "no"), "switched off by the first": ("yes", "yes"), "switched off by the second": ("yes", "yes"),
    "night for the first": ("yes", "yes"), "night for the second": ("yes", "yes"),
}  # fmt: skip
ALOUD = {"aloud": "yes"}
EASY = [
    (0, "SetTopic", {"topic": "the drive home", "variant": "everyday"}), (1, "TakeTopic", {}), (0, "Heat", {"level": "easy"}),
    (1, "Heat", {"level": "easy"}), (0, "Volunteer", {}), (0, "Speak", ALOUD), (1, "Reflect", ALOUD), (0, "Check", {"answer": "yes"}),
    (1, "Validate", ALOUD), (1, "Ask", ALOUD), (0, "More", {"more": "no"}), (1, "EndHere", {}), (0, "Note", {"words": ""}),
    (1, "Note", {"words": ""}), (0, "Keep", {"keep": "no"}), (1, "Keep", {"keep": "no"}),
]  # fmt: skip
DAY, NIGHT = "UTC", "Pacific/Kiritimati"
"""Where it is noon when the copy's clock says so, and where it is two in the morning then."""
CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|data-(now|token|drafts)="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|nonce="[^"]*"'
)
LEVEL = 1.63
"""By how much two samples of n may differ for one in a hundred pairs that are alike, times the root of 2/n (Smirnov)."""


def drill(ground: Ground) -> list[Figure]:
    """Ask both whether it is a good time, for every cause in turn, and compare what they see and how long it took."""
    times = ground.size(short=1, long=200)
    pages: dict[str, list[tuple[str, ...]]] = {cause: [] for cause in CAUSES}
    took: dict[str, list[float]] = {cause: [] for cause in CAUSES}
    copy = ground.copy()
    copy.start()
    try:
        copy.wait_for_day()
        with Crowd(copy.url) as crowd:
            pair = crowd.pair(1)
            for _ in range(2):
                _play_easy(pair)
            for _ in range(times):
                for cause in CAUSES:
                    copy.wait_for_day()
                    seen, seconds = _refused(pair, cause)
                    pages[cause].append(seen)
                    took[cause].append(seconds * 1000)
    finally:
        copy.stop()
    first = next(iter(pages.values()))[0]
    medians = [statistics.median(each) for each in took.values()]
    apart = [_apart(took[one], took[other]) for one, other in combinations(CAUSES, 2)]
    return [
        told("times for each of so many causes", f"{times}, {len(CAUSES)}"),
        exactly("pages of either of the two that differ", sum(seen != first for each in pages.values() for seen in each), 0),
        time_of(at_most("the medians of the times are apart by", round(max(medians) - min(medians), 1), 10, " ms")),
        time_of(at_most("pairs of causes that the times tell apart", sum(apart), max(1, len(apart) // 20))),
    ]  # fmt: skip


def _play_easy(pair: Pair) -> None:
    path, both = pair.sit_down(), (pair.host, pair.guest)
    for who, move, fields in EASY:
        both[who].send(path, move=move, **fields)


def _refused(pair: Pair, cause: str) -> tuple[tuple[str, ...], float]:
    """Let both answer; return what both see then, on the sitting's page and on Today, and how long the last answer took."""
    both = (pair.host, pair.guest)
    for person, whose in zip(both, ("first", "second"), strict=True):
        _live_in(person, NIGHT if cause == f"night for the {whose}" else DAY)
        _switch(person, on=cause != f"switched off by the {whose}")
    path = pair.host.send(f"/practise/{ROOM}", action="/start").url.path
    pair.guest.send(path, move="Ready")
    pair.host.send(path, move="SetIssue", topic="Saturday evening")
    pair.host.send(path, move="Gate", ready=CAUSES[cause][0])
    action, fields = form_of(pair.guest, path, move="Gate", ready=CAUSES[cause][1])
    begun = time.perf_counter()
    pair.guest.client.post(action, data=fields, follow_redirects=False)
    took = time.perf_counter() - begun
    for person in both:
        # What somebody switched on, and where they live, is theirs to see.
        _live_in(person, DAY)
        _switch(person, on=True)
    return tuple(_seen(both, path)), took


def _seen(both: tuple[Person, Person], path: str) -> Iterator[str]:
    for person in both:
        for page in (path, "/"):
            yield CHANGING.sub("", person.see(page).text)


def _live_in(person: Person, zone: str) -> None:
    person.client.cookies.set("z", zone)


def _switch(person: Person, *, on: bool) -> None:
    path, fields = form_of(person, f"/practise/{ROOM}", action=f"/{ROOM}/on")
    person.client.post(path, data=fields | {"on": "yes" if on else "no"}).raise_for_status()


def _apart(one: list[float], other: list[float]) -> bool:
    """Say whether two samples are further apart than two of the same would be, but for one time in a hundred."""
    edges = sorted({*one, *other})
    most = max(abs(_share(one, edge) - _share(other, edge)) for edge in edges)
    return bool(most > LEVEL * (2 / len(one)) ** 0.5)


def _share(sample: list[float], edge: float) -> float:
    return sum(each <= edge for each in sample) / len(sample)
