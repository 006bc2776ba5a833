"""Three own answers four times a year: nobody else's, once a quarter, with a line and its uncertainty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from nearer.practices.closer.trust.readings import FELT
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, Person, open_drawer, sign_in
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

YEAR, OFFER = "/closer/year", "Three sentences, four times a year"
HIGH = {"expect": "7", "count": "10", "side": "3"}


def say(person: Person, **levels: str) -> int:
    sign_in(person)
    open_drawer(person)
    return int(person.client.post(YEAR, levels or HIGH).status_code)


def test_it_is_for_oneself_alone_and_says_that_nobody_tested_it(pair: Pair) -> None:
    before = [html(pair.guest.client.get(page)) for page in ("/", "/us")]
    say(pair.host)

    page = words(pair.host.client.get(YEAR))
    assert "nobody has tested how well they measure anything" in page
    assert "I know what to expect from Bob: mostly" in page
    assert "where this goes. fully hardly" in page
    assert "It is too early to say where this goes." in page
    assert [html(pair.guest.client.get(page)) for page in ("/", "/us")] == before
    assert pair.guest.client.get(YEAR).status_code == 403


def test_once_a_quarter_and_what_is_said_again_takes_its_place(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    for quarter in range(5):
        at(monkeypatch, now + timedelta(days=92 * quarter))
        say(pair.host, expect="3")
        say(pair.host, expect=str(2 * quarter + 2))

    kept = keeping.find(Shelf.of_person(pair.host.user.pk, pair.host.ring, pair.host.drawer), FELT)
    assert [each.document.expect for each in kept] == [2, 4, 6, 8, 10]
    open_drawer(pair.host)
    page = html(pair.host.client.get(YEAR))
    assert 'class="band"' not in page, "five answers are too few for a line"
    assert page.count("<circle") >= 5
    pair.host.client.post(f"{YEAR}/remove", {"record": str(kept[0].ref)})
    assert html(pair.host.client.get(YEAR)).count("Remove</button>") == 4


def test_today_offers_it_once_a_quarter_until_it_is_said_or_let_be(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert OFFER not in words(pair.host.client.get("/")), "not in the first weeks"
    at(monkeypatch, timezone.now() + timedelta(days=30))

    for person in (pair.host, pair.guest):
        sign_in(person)
        assert OFFER in words(person.client.get("/"))
    pair.host.client.post(f"{YEAR}/not-now")
    say(pair.guest)

    for person in (pair.host, pair.guest):
        assert OFFER not in words(person.client.get("/"))
    at(monkeypatch, timezone.now() + timedelta(days=92))
    sign_in(pair.host)
    assert OFFER in words(pair.host.client.get("/"))


@pytest.mark.parametrize("sent", [{"expect": "11"}, {"side": "high"}])
def test_what_is_no_answer_is_not_taken_and_nothing_at_all_is_nothing(
    pair: Pair, sent: dict[str, str]
) -> None:
    assert say(pair.host, **sent) == 422
    assert say(pair.host, expect="") == 302
    assert keeping.find(Shelf.of_person(pair.host.user.pk, pair.host.ring, pair.host.drawer), FELT) == []
