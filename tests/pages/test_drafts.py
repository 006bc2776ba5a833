"""The key for unsent words: one's own, from log-in to log-in, for two days, and nobody's where others use the device."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from nearer.accounts.again import TO
from nearer.testing.cast import Pair, Person, sign_in
from nearer.vault.models import SealedSession
from tests.pages.reading import at

pytestmark = pytest.mark.django_db

KEYS = re.compile(r'data-drafts="([^"]*)"')
SIGNS = "/mirror/lines"
BY_SCRIPT = ({"X-Fragment": "stage"}, {"X-By-Hand": "1"})


def keys_on(page: Any) -> list[str]:
    """Return the keys a page is given, those of today first."""
    (found,) = KEYS.findall(page.content.decode()) or [""]
    return str(found).split()


def taken(answer: Any) -> str:
    """Return what an answer says was taken."""
    cookie = answer.cookies.get(settings.SENT_COOKIE_NAME)
    return cookie.value if cookie else ""


def test_the_key_is_the_same_after_another_log_in_and_nobody_elses(pair: Pair) -> None:
    mine = keys_on(pair.host.client.get("/us"))
    SealedSession.objects.filter(user_id=pair.host.user.pk).delete()

    again = keys_on(sign_in(pair.host, Client()).get("/settings"))

    assert len(set(mine)) == 2
    assert again == mine
    assert not set(mine) & set(keys_on(pair.guest.client.get("/us")))


def test_it_outlives_midnight_and_not_the_day_after(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    today = keys_on(alice.client.get("/settings"))[0]
    at(monkeypatch, timezone.now() + timedelta(days=1))
    assert keys_on(alice.client.get("/settings"))[1] == today

    at(monkeypatch, timezone.now() + timedelta(days=2))
    assert today not in keys_on(alice.client.get("/settings"))


def test_a_stranger_a_shared_device_and_one_phone_between_two_get_none(pair: Pair) -> None:
    assert keys_on(Client().get("/")) == []

    shared = Client()
    sent = {"username": pair.host.username, "passphrase": pair.host.passphrase, "shared": "on"}
    shared.post("/login", sent)
    assert 'data-drafts=""' in shared.get("/us").content.decode()

    alice = pair.host.client
    sitting = alice.post("/practise/listening/start", {"mode": "one"})["Location"]
    assert 'data-drafts=""' in alice.get(sitting).content.decode()


def test_a_form_that_was_taken_is_named_and_one_that_was_not_is_not(pair: Pair) -> None:
    alice, name = pair.host.client, str(uuid4())

    assert taken(alice.post(SIGNS, {"words": "", "draft": name})) == ""
    assert taken(alice.post(SIGNS, {"words": "You hum", "draft": "<b>"})) == ""
    assert taken(alice.post(SIGNS, {"words": "You hum", "draft": name})) == name
    assert taken(alice.post(f"{SIGNS}/nothing", {"words": "You hum", "draft": name})) == ""


def test_what_waits_for_the_passphrase_is_not_taken_yet(alice: Person) -> None:
    name, sent = str(uuid4()), {"passphrase": alice.passphrase, TO: "/settings", "again-posts": "1"}

    answer = alice.client.post("/again", {**sent, "draft": name})

    assert answer.status_code == 307
    assert taken(answer) == ""


@pytest.mark.parametrize("headers", BY_SCRIPT)
def test_a_script_hears_that_the_session_is_over(pair: Pair, headers: dict[str, str]) -> None:
    SealedSession.objects.all().delete()

    for answer in (
        pair.host.client.get("/still", headers=headers),
        pair.host.client.post(f"/s/{uuid4()}", {"words": "A secret wish"}, headers=headers),
    ):
        assert answer.status_code == 401
        assert answer.content == b""
