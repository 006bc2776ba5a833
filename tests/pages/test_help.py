"""Help: the same page for everybody, which sends nothing, keeps nothing and knows nobody."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from nearer.testing.cast import Pair, Person, make_person
from nearer.vault.models import SealedSession

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R11", "R16")]

BODY = re.compile(rb"<body.*", re.DOTALL)


def test_help_is_byte_equal_whoever_asks(pair: Pair) -> None:
    stranger = Client().get("/help")
    table = make_person("Eve")
    table.client.post("/settings", {"name": "Eve", "ink": "fig", "theme": "dark"})
    left = Client()
    left.cookies[settings.EXIT_COOKIE_NAME] = "1"
    for client in (pair.host.client, pair.guest.client, table.client, left):
        seen = client.get("/help")
        assert seen.content == stranger.content
        assert dict(seen.headers) == dict(stranger.headers)


def test_help_on_a_phone_between_two_people_is_the_same_too(pair: Pair) -> None:
    pair.host.client.post("/practise/listening/start", {"mode": "one"})

    assert pair.host.client.get("/help").content == Client().get("/help").content


def test_help_reads_and_writes_nothing_about_anybody(
    alice: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    alice.client.get("/")
    before = list(SealedSession.objects.values())
    # On a new day any other page would renew the session.
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)

    with django_assert_num_queries(0):
        answers = [alice.client.get("/help"), alice.client.head("/help"), alice.client.get("/help?topic=1")]

    assert [answer.cookies.output() for answer in answers] == ["", "", ""]
    assert list(SealedSession.objects.values()) == before
    assert caplog.records == []


def test_help_can_send_nothing_by_itself_but_that_it_was_left() -> None:
    page = Client().get("/help")

    (reached,) = re.findall(r"connect-src ([^;]*)", page["Content-Security-Policy"])
    assert reached.split() == [f"{host}:*/lock" for host in ("127.0.0.1", "localhost")]
    assert "form-action 'self'" in page["Content-Security-Policy"]
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "same-origin"


def test_every_topic_is_closed_has_no_address_and_asks_for_no_input() -> None:
    body = BODY.search(Client().get("/help").content)
    assert body
    html = body[0].decode()

    assert html.count("<details>") == html.count("<details") >= 10 + 13
    assert len(re.findall(r"<li>[^<]*\?</li>", html)) == 6
    # Quick exit is the only form, and it says nothing.
    assert html.count("<form") == 1
    assert not re.findall(r"<(?:input|textarea|select)\b", html)
    assert not re.findall(r"\b(?:id|name)=\"(?!main\")", html)
    assert set(re.findall(r'href="(?!tel:)([^"]+)"', html)) == {
        "#main",
        "/",
        "/help",
        "/library/",
        "/recover",
        "/settings/suggestions",
    }


def test_the_way_from_help_to_the_suggestions_leaves_no_trace() -> None:
    html = Client().get("/help").content.decode()

    assert '<a href="/settings/suggestions" rel="noreferrer">' in html
