"""Quick exit: on every page, for everybody, with and without scripts; and the session is over."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from nearer.live.gate import end_session
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, fresh, sign_in
from nearer.vault.models import SealedSession
from nearer.vault.tokens import hash_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R9")]

BUTTON = re.compile(r'<form class="exits"[^>]*>.*?</form>', re.DOTALL)
ADDRESS = "https://www.wikipedia.org/"


def _signed_in(client: Client) -> bool:
    return client.get("/settings").status_code == 200


def test_the_same_button_stands_on_every_page(floor: Sitting, pair: Pair) -> None:
    stranger, alice = Client(), pair.host.client
    bad = Client(enforce_csrf_checks=True)
    pages = [
        *[
            stranger.get(path)
            for path in ("/", "/help", "/signup", "/login", "/recover", "/j/", "/nothing-here")
        ],
        stranger.get("/practise/listening/partner"),
        stranger.get("/lock"),
        bad.post("/login", {}),
        *[
            alice.get(path)
            for path in ("/", "/us", "/practise", "/settings", "/pulse", "/invite", f"/s/{floor.pk}")
        ],
        alice.get(f"/b/{pair.bond.pk}/space"),
    ]

    buttons = {tuple(BUTTON.findall(page.content.decode())) for page in pages}

    assert len(buttons) == 1
    (button,) = buttons.pop()
    assert 'method="post" action="/lock"' in button
    assert f'data-exit="{ADDRESS}"' in button
    assert "csrf" not in button


def test_the_same_button_stands_on_every_page_of_a_phone_between_two_people(pair: Pair) -> None:
    alice = pair.host.client
    sitting = alice.post("/practise/listening/start", {"mode": "one"})["Location"]

    for page in (alice.get(sitting), alice.get("/together"), alice.get("/help")):
        assert len(BUTTON.findall(page.content.decode())) == 1


def test_it_ends_the_session_and_leads_on_without_scripts(alice: Person) -> None:
    token = alice.token
    browser = sign_in(alice, Client(enforce_csrf_checks=True))
    other = browser.cookies[settings.SESSION_COOKIE_NAME].value

    gone = browser.post("/lock")

    assert gone.status_code == 200
    assert f'http-equiv="refresh" content="0;url={ADDRESS}"' in gone.content.decode()
    assert "<title>New tab</title>" in gone.content.decode()
    assert "Nearer" not in gone.content.decode()
    assert gone["Cache-Control"] == "no-store"
    assert not SealedSession.objects.filter(token_hash=hash_of(other)).exists()
    assert not _signed_in(browser)
    # Another browser of the same person stays as it was: nobody can end it from here.
    assert SealedSession.objects.filter(token_hash=hash_of(token)).exists()


def test_a_session_whose_form_never_arrived_ends_with_the_next_request(alice: Person, floor: Sitting) -> None:
    token = alice.token
    alice.client.cookies[settings.EXIT_COOKIE_NAME] = "1"

    answer = alice.client.post(f"/s/{floor.pk}", {"move": "Leave", "seq": "2"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/login")
    assert not fresh(floor).is_over
    assert not SealedSession.objects.filter(token_hash=hash_of(token)).exists()
    mark = answer.cookies[settings.EXIT_COOKIE_NAME]
    assert (mark.value, mark["max-age"]) == ("", 0)
    assert not _signed_in(alice.client)


def test_a_stream_that_is_asked_for_first_ends_it_too_and_no_other(alice: Person) -> None:
    other = sign_in(alice, Client())

    end_session(alice.token)

    assert not SealedSession.objects.filter(token_hash=hash_of(alice.token)).exists()
    assert _signed_in(other)


def test_the_other_sees_nothing_of_it(pair: Pair, floor: Sitting) -> None:
    before = pair.guest.client.get(f"/s/{floor.pk}").content
    pair.host.client.post("/lock")

    after = pair.guest.client.get(f"/s/{floor.pk}").content

    steady = re.compile(rb'data-now="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')
    assert steady.sub(b"", after) == steady.sub(b"", before)
