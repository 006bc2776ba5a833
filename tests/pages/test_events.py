"""What happened to somebody's ways in: they alone can see it, while their drawer is open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nearer.accounts.events import What, note
from nearer.home.event_views import WORDS
from nearer.records.models import Record
from nearer.testing.cast import Pair, Person, sign_in
from tests.pages.reading import at, words

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R12")]

PAGE = "/settings/events"
NEW = "harbour pebble violin"


def seen_by(person: Person, passphrase: str = "") -> str:
    person.client.post("/again", {"passphrase": passphrase or person.passphrase})
    return words(person.client.get(PAGE))


def test_every_event_has_its_words() -> None:
    assert set(WORDS) == set(What)


def test_a_changed_passphrase_and_a_new_code_are_told_to_their_owner(pair: Pair) -> None:
    pair.host.client.post("/settings/recovery", {"passphrase": pair.host.passphrase})
    pair.host.client.post("/settings/passphrase", {"passphrase": pair.host.passphrase, "new": NEW})

    page = seen_by(pair.host, NEW)

    newest, oldest = WORDS[What.PASSPHRASE_CHANGED], WORDS[What.CODE_RENEWED]
    assert page.index(str(newest)) < page.index(str(oldest))
    assert str(newest) not in seen_by(pair.guest)


def test_the_recovery_code_ends_every_other_session_and_is_told(alice: Person) -> None:
    elsewhere = sign_in(alice, Client())
    sent = {"username": alice.username, "code": alice.code, "passphrase": NEW}

    again = Client()
    assert again.post("/recover", sent).status_code == 302

    assert elsewhere.get("/settings").status_code == 302
    assert str(WORDS[What.CODE_USED]) in words(again.get(PAGE))


def test_signing_out_elsewhere_is_told_when_there_was_an_elsewhere(alice: Person) -> None:
    alice.client.post("/settings/elsewhere")
    assert "Nothing in the last year" in seen_by(alice)

    sign_in(alice, Client())
    alice.client.post("/settings/elsewhere")

    assert str(WORDS[What.SIGNED_OUT]) in seen_by(alice)


def test_a_closed_drawer_shows_nothing(alice: Person) -> None:
    note(alice.user.pk, alice.ring, What.WAY_ADDED)

    page = alice.client.get(PAGE)

    assert page.status_code == 403
    assert str(WORDS[What.WAY_ADDED]) not in words(page)


def test_the_list_is_short_and_a_year_long(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:

    now = timezone.now()
    for _ in range(25):
        note(alice.user.pk, alice.ring, What.WAY_ADDED)
    assert seen_by(alice).count(str(WORDS[What.WAY_ADDED])) == 20

    at(monkeypatch, now + timedelta(days=367))
    note(alice.user.pk, alice.ring, What.WAY_REMOVED)

    assert Record.objects.filter(user=alice.user).count() == 1
