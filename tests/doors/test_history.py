"""What a browser's history would tell: a title names the place, never the matter, and so does an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from nearer.accounts.profile import SIGNS
from nearer.library.loading import STARTER, load
from nearer.moved import MOVED, moved
from nearer.testing.cast import Pair, open_drawer
from nearer.testing.library import DAY
from tests.doors.authz import NOBODY, Role, Route, routes
from tests.doors.crawl import everywhere
from tests.doors.lived import live
from tests.doors.world import World, undone

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R10")]

TITLE = re.compile(r"<title>([^<]*)</title>")
PLACES = {"Today", "Practise", "Us", "Library", "Settings", "Help"}
OWN = {"Nearer", *(f"{place} · Nearer" for place in PLACES)}
# Before anybody is signed in, on help, and where something went wrong: nobody's own pages do not name the house.
NOBODYS = {*PLACES, "Welcome", "Log in", "Create account", "Page", "New tab", "No connection"}
# What a passing glance at a list of addresses should not read.
TELLING = re.compile(
    r"need|promise|signs|safe|abuse|leav|left|delet|lost|hurt|trust|quarrel|grief|ill|collide|only-one"
)


def looked_at(world: World, role: Role) -> Iterator[tuple[Route, Any]]:
    browser = world.browsers[role]
    for route in routes():
        with undone(browser):
            answer = browser.get(world.path(route, role))
        if answer.headers.get("Content-Type", "").startswith("text/html") and b"<title>" in answer.content:
            yield route, answer


def title_of(answer: Any) -> str:
    found = TITLE.search(answer.content.decode())
    return found[1] if found else ""


@pytest.mark.parametrize("role", Role)
def test_every_title_names_the_place_and_nothing_more(role: Role, world: World) -> None:
    told = {route.name: title_of(answer) for route, answer in looked_at(world, role)}
    assert told
    # The library is public; who has no account may keep a page of it under its own name.
    public = {"library:article"} if role in NOBODY else set()

    assert not {
        name: title for name, title in told.items() if title not in OWN | NOBODYS and name not in public
    }


def test_under_a_dull_name_nothing_else_is_told(world: World) -> None:
    browser = world.browsers[Role.ALICE]
    (dull, name), *_ = [each for each in SIGNS.items() if each[0] != "nearer"]
    browser.post("/settings/home-screen", {"sign": dull})

    told = {route.name: title_of(answer) for route, answer in looked_at(world, Role.ALICE)}

    assert set(told.values()) <= {name} | NOBODYS
    assert {told[route] for route in ("home:today", "home:us", "leaving:spaces", "library:article")} == {name}


def test_no_page_of_ones_own_has_an_address_that_tells(pair: Pair) -> None:
    load(STARTER, on=DAY)
    live(pair, "history")

    seen = {
        address
        for address, answer in everywhere(pair.host.client).items()
        if answer.status_code == 200 and "(" not in address
    }

    assert any(address.startswith("/library/") for address in seen)
    assert not sorted(address for address in seen if TELLING.search(address))


def test_an_old_address_leads_on_and_an_old_form_arrives(pair: Pair) -> None:
    host, bond = pair.host.client, pair.bond.pk
    open_drawer(pair.host)
    for old in ("/leave", f"/b/{bond}/leave", "/settings/delete", "/settings/left", "/needs/signs", "/needs/maps",
                "/needs/understanding", "/needs/signs/mine", "/practise/needs"):  # fmt: skip
        answer = host.get(old, {"next": "/us"})
        assert answer.status_code == 301, old
        assert answer["Location"].endswith("?next=%2Fus"), old
        assert host.get(answer["Location"]).status_code == 200, old
    assert host.post(f"/b/{bond}/leave").status_code == 302
    assert host.get("/us").status_code == 302
    assert len(MOVED) == 10
    assert moved("/leaving") is None


def test_a_search_of_whoever_has_an_account_is_in_no_address(pair: Pair) -> None:
    load(STARTER, on=DAY)
    page = pair.host.client.get("/library/").content.decode()

    assert 'method="post" action="/library/search"' in page
    assert "Is this safe for me?" in pair.host.client.post("/library/search", {"q": "safe"}).content.decode()
    assert 'method="get" action="/library/search"' in Client().get("/library/").content.decode()
