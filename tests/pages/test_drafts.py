"""The key for unsent words: one's own, from log-in to log-in, for a month, and nobody's where others use the device."""

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


def key_on(page: Any) -> str:
    """Return what a page is given: the day and its key, or nothing."""
    (found,) = KEYS.findall(page.content.decode()) or [""]
    return str(found)


def keys_of(client: Client, said: str) -> list[str]:
    """Ask for the key of the day that stands beside another, and return what is answered: that day's, and today's."""
    answer = client.get("/unsent", {"day": said[:10]})
    return answer.content.decode().split("\n") if answer.status_code == 200 else []


def taken(answer: Any) -> str:
    """Return what an answer says was taken."""
    cookie = answer.cookies.get(settings.SENT_COOKIE_NAME)
    return cookie.value if cookie else ""


def test_the_key_is_the_same_after_another_log_in_and_nobody_elses(pair: Pair) -> None:
    mine = key_on(pair.host.client.get("/us"))
    SealedSession.objects.filter(user_id=pair.host.user.pk).delete()

    again = key_on(sign_in(pair.host, Client()).get("/settings"))

    assert re.fullmatch(r"\d{4}-\d\d-\d\d [\w+/]{43}=", mine)
    assert again == mine
    assert mine not in (key_on(pair.guest.client.get("/us")), *keys_of(pair.guest.client, mine))


def test_it_opens_for_a_month_and_not_a_day_longer(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    then, begun = timezone.now(), key_on(alice.client.get("/settings"))
    assert keys_of(alice.client, begun) == [begun, begun]

    at(monkeypatch, then + timedelta(days=30))
    sign_in(alice, alice.client)
    today = key_on(alice.client.get("/settings"))
    assert today != begun
    assert keys_of(alice.client, begun) == [begun, today]

    at(monkeypatch, then + timedelta(days=31))
    assert keys_of(alice.client, begun) == []


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-31", "9999-12-31", "0001-01-01"])
def test_what_is_no_day_of_this_month_has_none(alice: Person, day: str) -> None:
    answer = alice.client.get("/unsent", {"day": day})
    assert answer.status_code == 404


def test_a_stranger_a_shared_device_and_one_phone_between_two_get_none(pair: Pair) -> None:
    today = timezone.now().date().isoformat()
    assert key_on(Client().get("/")) == ""
    assert keys_of(Client(), today) == []

    shared = Client()
    sent = {"username": pair.host.username, "passphrase": pair.host.passphrase, "shared": "on"}
    shared.post("/login", sent)
    assert 'data-drafts=""' in shared.get("/us").content.decode()
    assert keys_of(shared, today) == []

    alice = pair.host.client
    sitting = alice.post("/practise/listening/start", {"mode": "one"})["Location"]
    assert 'data-drafts=""' in alice.get(sitting).content.decode()
    assert keys_of(alice, today) == []


def test_a_form_that_was_taken_is_named_and_one_that_was_not_is_not(pair: Pair) -> None:
    alice, name = pair.host.client, str(uuid4())

    assert taken(alice.post(SIGNS, {"words": "", "draft": name})) == ""
    assert taken(alice.post(SIGNS, {"words": "You hum", "draft": "<b>"})) == ""
    assert taken(alice.post(SIGNS, {"words": "You hum", "draft": name})) == name
    assert taken(alice.post(f"{SIGNS}/nothing", {"words": "You hum", "draft": name})) == ""


@pytest.mark.parametrize(
    ("path", "fields"),
    [("/logout", {}), ("/lock", {}), ("/settings/account", {"when": "now", "sure": "yes"})],
)
def test_whoever_leaves_takes_the_name_of_what_was_taken_along(
    alice: Person, path: str, fields: dict[str, str]
) -> None:
    browser = alice.client
    browser.post("/again", {"passphrase": alice.passphrase, TO: "/settings"})
    browser.cookies[settings.SENT_COOKIE_NAME] = str(uuid4())
    browser.get("/settings")
    assert browser.cookies[settings.SENT_COOKIE_NAME].value

    browser.post(path, fields)

    assert browser.cookies[settings.SENT_COOKIE_NAME].value == ""
    assert browser.get("/settings")["Location"].startswith("/login")


def test_nor_does_it_stay_where_quick_exit_was_not_heard_of(alice: Person) -> None:
    alice.client.cookies[settings.SENT_COOKIE_NAME] = str(uuid4())
    alice.client.cookies[settings.EXIT_COOKIE_NAME] = "1"

    alice.client.get("/settings")

    assert alice.client.cookies[settings.SENT_COOKIE_NAME].value == ""


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
