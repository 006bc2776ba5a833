"""On a home screen: what a device keeps is the same for everybody, and a line without encryption is said."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from nearer.home.installing import SYSTEMS, systems
from nearer.testing.cast import Pair, Person, open_drawer
from nearer.web import worker
from nearer.web.sheets import CSS, SHEETS
from tests.pages.reading import html, words

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R9")]

AGENTS = {
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1": 0,
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36": 1,
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0": 2,
}
PLAIN = "a line that is not encrypted"


def kept() -> list[str]:
    found = re.search(r"const KEPT = (\[.*?\]);", worker.script())
    assert found
    return list(json.loads(found[1]))


def test_the_worker_and_its_page_are_the_same_whoever_asks(
    pair: Pair, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for path in ("/worker.js", "/offline"):
        stranger = Client().get(path)
        with django_assert_num_queries(0):
            seen = [who.client.get(path) for who in (pair.host, pair.guest)]
        for answer in seen:
            assert answer.status_code == 200
            assert answer.content == stranger.content
            assert not answer.cookies
            assert answer["Cache-Control"] == "no-store"


def test_it_keeps_nothing_but_what_is_public_and_there() -> None:
    pages = [address for address in kept() if not address.startswith("/static/")]
    there = {path for finder in get_finders() for path, _storage in finder.list([])}

    assert pages == ["/offline", "/help"]
    for address in kept():
        if address.startswith("/static/"):
            assert address.startswith("/static/web/")
            assert address.removeprefix("/static/") in there, address


def test_it_keeps_whole_sheets_and_none_of_their_parts() -> None:
    styles = [address for address in kept() if address.endswith(".css")]

    assert styles == [f"/static/web/sheets/{name}.css" for name in sorted(SHEETS)]
    linked = re.findall(r'rel="stylesheet" href="([^"]+)"', html(Client().get("/help")))
    assert linked == ["/static/web/sheets/open.css"]


def test_a_sheet_is_its_parts_in_order_and_finds_what_they_name() -> None:
    found = {path: storage for finder in get_finders() for path, storage in finder.list([])}

    for name, parts in SHEETS.items():
        path = f"web/sheets/{name}.css"
        with found[path].open(path) as file:
            sheet = file.read().decode()
        assert sheet == "\n".join((CSS / f"{part}.css").read_text() for part in parts)
        named = re.findall(r'url\("\.\./([^"]+)"\)', sheet)
        assert named
        assert all(f"web/{each}" in found for each in named)


def test_whatever_changes_makes_a_new_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    before = worker.script()
    monkeypatch.setattr(worker, "_offline_text", lambda: "another page")
    worker.script.cache_clear()

    assert worker.script() != before
    worker.script.cache_clear()


def test_after_quick_exit_the_browser_forgets_what_it_stored(alice: Person) -> None:
    alice.client.cookies["x"] = "1"

    gone = alice.client.post("/lock")

    assert gone["Clear-Site-Data"] == '"storage"'
    # Without scripts there is nothing to forget, and nothing to wait for.
    assert "Clear-Site-Data" not in Client().post("/lock").headers


@pytest.mark.parametrize(("agent", "own"), AGENTS.items(), ids=["iPhone", "Android", "computer"])
def test_the_system_one_has_is_open(alice: Person, agent: str, own: int) -> None:
    page = html(alice.client.get("/settings/home-screen", headers={"user-agent": agent}))

    assert [each.own for each in systems(agent)] == [at == own for at in range(len(SYSTEMS))]
    assert page.count("<details open>") == 1


@pytest.mark.parametrize("path", ["/settings/home-screen", "/settings/passkeys"])
def test_a_line_without_encryption_is_said_where_it_matters(
    alice: Person, settings: Settings, path: str
) -> None:
    open_drawer(alice)
    settings.ALLOWED_HOSTS = ["192.168.1.20", "127.0.0.1"]

    there = words(alice.client.get(path, headers={"host": "192.168.1.20:8000"}))

    assert PLAIN in there
    assert "Encrypted at home" in there
    assert "Open it by name" not in there
    assert PLAIN not in words(alice.client.get(path, headers={"host": "127.0.0.1:8000"}))
    settings.SECURE = True
    assert PLAIN not in words(alice.client.get(path, headers={"host": "192.168.1.20"}))
