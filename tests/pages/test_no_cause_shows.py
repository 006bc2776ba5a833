"""With You: why there is no answer, and how somebody was on other days, is in no byte of what the other receives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone

from nearer.practices.support.ask.keeping import ASKED
from nearer.practices.support.sky.keeping import SHOWN
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, Person, sign_in
from tests.pages.copying import take
from tests.pages.reading import at, html, words

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ASK, ANSWER, SKY = "/with-you/ask", "/with-you/ask/answer", "/with-you/sky"
SEEN = ("/", ASK, SKY, "/with-you/alone", "/us", "/practise/with-you")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(name="now", autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    moment = timezone.now().replace(hour=12, minute=0)
    at(monkeypatch, moment)
    return moment


@contextmanager
def undone() -> Iterator[None]:
    """Let something happen, and then not have happened."""
    with transaction.atomic(), transaction.atomic(using="keys"):
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)


def asked(pair: Pair) -> str:
    return str(keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), ASKED)[-1].ref)


def answers(pair: Pair, how: str, **sent: str) -> Any:
    return pair.guest.client.post(ANSWER, {"record": asked(pair), "answer": how, **sent})


def mutes(pair: Pair, *on: str) -> None:
    for each in on:
        assert pair.guest.client.post(f"{ASK}/quiet", {"on": each}).status_code == 302


def answers_and_takes_it_back(pair: Pair, how: str, **sent: str) -> None:
    assert answers(pair, how, **sent).status_code == 302
    pair.guest.client.post(f"{ASK}/back", {"record": asked(pair)})


CAUSES: dict[str, Callable[[Pair], object]] = {
    "did not come by": lambda _pair: None,
    "looked": lambda pair: [pair.guest.client.get(path) for path in ("/", ASK)],
    "muted": lambda pair: mutes(pair, "yes"),
    "muted, and not any more": lambda pair: mutes(pair, "yes", "no"),
    "put it away": lambda pair: pair.guest.client.post(
        f"/b/{pair.bond.pk}/away", {"record": asked(pair), "sort": "ask"}
    ),
    "began an answer": lambda pair: answers(pair, "line"),
    "turned suggestions off": lambda pair: pair.guest.client.post(
        "/settings/suggestions", {"wanted": ["needs"]}
    ),
    "was full, and took it back": lambda pair: answers_and_takes_it_back(pair, "full", full="no room"),
    "declined with a line, and took it back": lambda pair: answers_and_takes_it_back(
        pair, "line", line="not today"
    ),
}
"""All that may be behind it that there is no answer."""


@pytest.mark.rule("R3", "R5", "R11")
def test_why_there_is_no_answer_shows_nowhere(
    pair: Pair, now: datetime, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    pair.host.client.post(ASK, {"wish": "listen", "words": "it was a long day"})
    pages: dict[str, list[str]] = {}
    for cause, happens in CAUSES.items():
        with undone():
            at(monkeypatch, now)
            happens(pair)
            pages[cause] = _received(pair, monkeypatch, now, timedelta(minutes=5), timedelta(hours=3))

    for one, other in combinations(CAUSES, 2):
        with subtests.test(one=one, other=other):
            assert pages[one] == pages[other]


@pytest.mark.rule("R5", "R11")
@pytest.mark.parametrize(
    "sent",
    [
        {"answer": "full", "full": "I am worn out", "when": "tomorrow"},
        {"answer": "line", "line": "I think of you"},
    ],
)
def test_nor_is_what_came_before_it_in_an_answer(
    pair: Pair,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    subtests: pytest.Subtests,
    sent: dict[str, str],
) -> None:
    pair.host.client.post(ASK, {"wish": "listen", "words": "it was a long day"})
    pages: dict[str, list[str]] = {}
    for cause, happens in CAUSES.items():
        with undone():
            at(monkeypatch, now)
            happens(pair)
            at(monkeypatch, now + timedelta(minutes=20))
            assert answers(pair, sent["answer"], **sent).status_code == 302
            pages[cause] = _received(pair, monkeypatch, now, timedelta(hours=3))

    assert sent[sent["answer"]] in "".join(pages["looked"])
    for one, other in combinations(CAUSES, 2):
        with subtests.test(one=one, other=other):
            assert pages[one] == pages[other]


def _received(pair: Pair, monkeypatch: pytest.MonkeyPatch, now: datetime, *later: timedelta) -> list[str]:
    """Return all that the one who asked is sent, some time later."""
    found = []
    for each in later:
        at(monkeypatch, now + each)
        found += [_page(pair.host, path) for path in SEEN]
        found += [str(part) for part in take(pair.host)[:2]]
    return found


def _page(person: Person, path: str) -> str:
    answer = person.client.get(path)
    assert answer.status_code == 200
    return html(answer)


def _looks(pair: Pair, day: int, *, shown: bool) -> None:
    sky, line = ("rain", "clear")[day % 2], f"sky-{day:02}-{'shown' if shown else 'alone'}"
    sent = {"look": sky, "line": line, "talk": "no", "shown": "yes" if shown else "no"}
    assert pair.host.client.post(SKY, sent).status_code == 302


def _of_the_other(pair: Pair) -> list[str]:
    found = [_page(pair.guest, path) for path in SEEN]
    return [UUID.sub("…", each) for each in (*found, str(take(pair.guest)[1]))]


@pytest.mark.rule("R1", "R18")
def test_nothing_of_a_sky_can_be_put_together_over_sixty_days(
    pair: Pair, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody looks every day, and shows it every third; all that the other is sent is as if there had been the last alone."""
    compared = (2, 3, 4, 5, 31, 57, 58, 59)
    alone: dict[int, list[str]] = {}
    for day in compared:
        last = day - day % 3
        with undone():
            at(monkeypatch, now + timedelta(days=last))
            for person in (pair.host, pair.guest):
                sign_in(person)
            _looks(pair, last, shown=True)
            at(monkeypatch, now + timedelta(days=day))
            alone[day] = _of_the_other(pair)
    for day in range(60):
        at(monkeypatch, now + timedelta(days=day))
        if day % 7 == 0 or day in compared:
            for person in (pair.host, pair.guest):
                sign_in(person)
        _looks(pair, day, shown=day % 3 == 0)
        if day in compared:
            assert _of_the_other(pair) == alone[day], day
        assert len(keeping.find(Shelf.of_bond(pair.guest.at(pair.bond)), SHOWN)) == 1
    assert "sky-57-shown" in "".join(alone[58])
    assert "sky-" not in "".join(alone[59]), "after two days it is no news"
    assert "sky" not in words(pair.guest.client.get("/us"))
