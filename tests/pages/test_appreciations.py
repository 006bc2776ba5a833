"""Appreciations: a line a week each, sealed until both are in or given alone; nobody is asked for one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nearer.bonds.models import Bond
from nearer.closeness.thanks import keeping as thanks
from nearer.closeness.thanks.rules import WAITS, Thanks, items
from nearer.leaving import leave as leaving
from nearer.protocol import Seat
from nearer.testing.cast import Pair, Person
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

HERS, HIS = "You made soup", "You called my mother"
STEPS = st.lists(
    st.tuples(st.sampled_from(Seat), st.sampled_from(["write", "give"]), st.integers(0, 3)), max_size=8
)


def here(pair: Pair, more: str = "") -> str:
    return f"/us/{pair.bond.pk}/thanks{more}"


def pages(person: Person, pair: Pair) -> list[str]:
    return [html(person.client.get(page)) for page in ("/", "/us", here(pair))]


def say(person: Person, pair: Pair, text: str) -> int:
    return int(person.client.post(here(pair), {"words": text}).status_code)


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, timezone.now() + WAITS)


@pytest.mark.rule("R3", "R4", "R17")
def test_a_line_is_sealed_until_both_are_in(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, timezone.now())
    before = pages(pair.guest, pair)
    say(pair.host, pair, "You made toast")
    say(pair.host, pair, HERS)
    assert pages(pair.guest, pair) == before

    hers = pages(pair.host, pair)
    say(pair.guest, pair, HIS)
    assert pages(pair.host, pair) == hers, "for two minutes it can be taken back without a trace"
    later(monkeypatch)
    assert "Bob appreciates something" in words(pair.host.client.get("/"))
    for person in (pair.host, pair.guest):
        page = words(person.client.get(here(pair)))
        assert HERS in page
        assert HIS in page
        assert "appreciates something" not in words(person.client.get("/"))
    assert say(pair.host, pair, "Something else") == 409


def test_it_can_be_given_alone_and_taken_back_on_its_way(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, timezone.now())
    before = pages(pair.guest, pair)
    for _ in range(2):
        say(pair.host, pair, HERS)
        (item,) = thanks.items_of(pair.host.at(pair.bond), at=timezone.now())
        pair.host.client.post(here(pair, "/give"), {"record": str(item.ref)})
        assert "On its way" in words(pair.host.client.get(here(pair)))
        pair.host.client.post(here(pair, "/take-back"), {"record": str(item.ref)})
    later(monkeypatch)
    assert pages(pair.guest, pair) == before

    say(pair.host, pair, HERS)
    (item,) = thanks.items_of(pair.host.at(pair.bond), at=timezone.now())
    pair.guest.client.post(here(pair, "/give"), {"record": str(item.ref)})
    pair.guest.client.post(here(pair, "/take-back"), {"record": str(item.ref)})
    pair.host.client.post(here(pair, "/give"), {"record": str(item.ref)})
    later(monkeypatch)
    assert HERS in words(pair.guest.client.get(here(pair)))

    pair.host.client.post(here(pair, "/take-back"), {"record": str(item.ref)})
    for person in (pair.host, pair.guest):
        page = words(person.client.get(here(pair)))
        assert HERS not in page
        assert "withdrawn" in page


def test_nobody_is_asked_for_one_and_what_is_empty_or_too_long_keeps_its_words(pair: Pair) -> None:
    assert "ppreciat" not in words(pair.host.client.get("/"))
    assert say(pair.host, pair, " ") == 422
    answer = pair.host.client.post(here(pair), {"words": "x" * 201})
    assert answer.status_code == 422
    assert "x" * 201 in html(answer)
    heavy = pair.host.client.post(here(pair), {"words": "thank you, and I want to die"})
    assert heavy.status_code == 422
    assert "This sounds heavy." in words(heavy)
    assert thanks.items_of(pair.host.at(pair.bond), at=timezone.now()) == []


@pytest.mark.rule("R6")
def test_whoever_leaves_takes_what_is_sealed_along(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    say(pair.guest, pair, HIS)
    leaving.leave(pair.guest.at(pair.bond), pair.guest.ring, at=timezone.now())

    later(monkeypatch)
    assert thanks.items_of(pair.host.at(Bond.objects.get(pk=pair.bond.pk)), at=timezone.now()) == []
    assert say(pair.host, pair, HERS) == 409


@given(STEPS)
def test_what_one_sees_never_differs_by_what_has_not_opened(steps: list[tuple[Seat, str, int]]) -> None:
    noon = datetime.fromisoformat("2026-11-25T12:00+00:00")
    found: dict[tuple[Seat, int], Thanks] = {}
    for n, (seat, step, week) in enumerate(steps):
        moment, monday = (
            (noon + timedelta(seconds=40 * n)).isoformat(),
            date(2026, 11, 23) - timedelta(weeks=week),
        )
        if step == "write":
            found[seat, week] = Thanks(seat=seat, week=monday.isoformat(), words=str(n), since=moment)
        elif one := found.get((seat, week)):
            found[seat, week] = Thanks(
                seat=seat, week=one.week, words=one.words, since=one.since, given=moment
            )
    for seconds in (0, 120, 200, 400, 900):
        now, refs = noon + timedelta(seconds=seconds), {key: uuid4() for key in found}
        past = [
            (refs[key], each)
            for key, each in found.items()
            if datetime.fromisoformat(each.given or each.since) <= now
        ]
        theirs = {item.ref for item in items(Seat.HOST, past, at=now)}
        seen = [(ref, each) for ref, each in past if ref in theirs]
        assert items(Seat.HOST, seen, at=now) == items(Seat.HOST, past, at=now)
