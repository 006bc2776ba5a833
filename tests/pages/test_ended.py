"""A form that comes when its session has ended does nothing, says so, and gives back what was typed to nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.middleware.csrf import get_token
from django.test import Client
from django.utils import timezone

from nearer.plans import lines
from nearer.testing.cast import Pair, Person
from nearer.vault.models import SealedSession
from tests.pages.reading import at, everything_stored, html, is_signed_in, words

pytestmark = pytest.mark.django_db

CUE, ACT = "The kettle sings 51c0", "we sit down 7c51"
SENT = {"cue": CUE, "act": ACT}
FROM = {"referer": "http://testserver/us?all=yes"}


def come_in(person: Person, **how: str) -> Client:
    """Log in from a browser that nobody has used before."""
    browser = Client()
    sent = {"username": person.username, "passphrase": person.passphrase, **how}
    assert browser.post("/login", sent).status_code == 302
    return browser


def end_sessions() -> None:
    SealedSession.objects.all().delete()


def send(browser: Client, pair: Pair, **headers: str) -> Any:
    return browser.post(f"/b/{pair.bond.pk}/plans", SENT, headers={**FROM, **headers})


def log_in_from(page: Any, browser: Client, person: Person) -> Any:
    """Send the log-in form of a page, with everything it carries."""
    form = re.search(r'<form method="post" action="/login".*?</form>', html(page), re.DOTALL)
    assert form
    assert "51c0" not in form[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    return browser.post(
        "/login", {**dict(hidden), "username": person.username, "passphrase": person.passphrase}
    )


def test_nothing_is_sent_and_the_words_are_in_the_answer(pair: Pair) -> None:
    browser = come_in(pair.host)
    end_sessions()

    answer = send(browser, pair)

    assert answer.status_code == 403
    assert answer["Cache-Control"] == "no-store"
    assert "You were signed out meanwhile, so nothing was sent." in words(answer)
    assert [f">{text}</textarea>" in html(answer) for text in (CUE, ACT)] == [True, True]
    assert "51c0" not in repr(everything_stored())
    back = log_in_from(answer, browser, pair.host)
    assert back["Location"] == "/us?all=yes"
    assert is_signed_in(browser)


def test_who_logs_in_instead_gets_nothing_of_it(pair: Pair, charlie: Person) -> None:
    browser = come_in(pair.host)
    end_sessions()
    answer = send(browser, pair)

    log_in_from(answer, browser, charlie)

    assert is_signed_in(browser)
    for path in ("/", "/us", "/login", "/settings"):
        assert "51c0" not in html(browser.get(path))
    assert "51c0" not in repr(everything_stored())
    assert "51c0" not in repr(dict(browser.session))


def test_on_a_shared_device_the_words_are_not_shown(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = come_in(pair.host, shared="on")
    at(monkeypatch, timezone.now() + timedelta(minutes=11))

    answer = send(browser, pair)

    assert answer.status_code == 403
    assert "nothing was sent" in words(answer)
    assert "51c0" not in html(answer)


def test_nor_where_a_shared_session_rested_in_a_browser_that_is_somebodys_own(
    pair: Pair, charlie: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = come_in(charlie)
    browser.post("/logout")
    sent = {"username": pair.host.username, "passphrase": pair.host.passphrase, "shared": "on"}
    browser.post("/login", sent)
    assert settings.DEVICE_COOKIE_NAME in browser.cookies
    at(monkeypatch, timezone.now() + timedelta(minutes=11))

    assert "51c0" not in html(send(browser, pair))


def test_nor_after_quick_exit(pair: Pair) -> None:
    browser = come_in(pair.host)
    browser.cookies[settings.EXIT_COOKIE_NAME] = "1"

    answer = send(browser, pair)

    assert "nothing was sent" in words(answer)
    assert "51c0" not in html(answer)


def test_a_secret_is_never_given_back(alice: Person) -> None:
    browser = come_in(alice)
    end_sessions()

    answer = browser.post("/settings/passphrase", {"passphrase": "Old words 51c0", "new": "New words 51c0"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/login")


def test_what_nobody_typed_leads_to_the_log_in_as_ever(pair: Pair) -> None:
    browser = come_in(pair.host)
    end_sessions()

    for sent in ({}, {"record": str(pair.bond.pk), "answer": "yes"}, {"move": "Ready", "seq": "4"}):
        answer = browser.post(f"/b/{pair.bond.pk}/plans/answer", sent)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login")


def test_another_site_can_put_no_words_on_the_page(pair: Pair) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies[settings.DEVICE_COOKIE_NAME] = "1"

    answer = send(browser, pair, origin="https://evil.example")

    assert answer.status_code == 403
    assert "51c0" not in html(answer)


@pytest.mark.parametrize("foreign", ["https://evil.example/us", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_on_leads_nowhere_else(pair: Pair, foreign: str) -> None:
    answer = Client().post(f"/b/{pair.bond.pk}/plans", SENT, headers={"referer": foreign})

    assert 'name="next" value="/"' in html(answer)


def test_a_page_of_an_earlier_log_in_gives_the_words_back_on_a_device_of_ones_own(pair: Pair) -> None:
    browser = Client(enforce_csrf_checks=True)
    token = get_token(browser.get("/login").wsgi_request)
    account = {"username": pair.host.username, "passphrase": pair.host.passphrase}
    assert browser.post("/login", {**account, "csrfmiddlewaretoken": token}).status_code == 302

    answer = send_stale(browser, pair)

    assert answer.status_code == 403
    assert answer["Cache-Control"] == "no-store"
    assert CUE in words(answer)
    assert ACT in words(answer)
    assert lines.lines_of(pair.host.at(pair.bond)).lines == ()
    browser.cookies.pop(settings.DEVICE_COOKIE_NAME)
    elsewhere = send_stale(browser, pair)
    assert elsewhere.status_code == 403
    assert CUE not in html(elsewhere)


def send_stale(browser: Client, pair: Pair) -> Any:
    return browser.post(f"/b/{pair.bond.pk}/plans", {**SENT, "csrfmiddlewaretoken": "x" * 64}, headers=FROM)
