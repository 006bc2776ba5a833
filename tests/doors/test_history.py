"""What a browser's history would tell: a title names the place, never the matter, and so does an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from nearer.accounts.profile import SIGNS
from nearer.library.loading import STARTER, load
from nearer.testing.cast import Pair
from nearer.testing.library import DAY
from tests.doors.authz import Role, Route, routes
from tests.doors.crawl import everywhere
from tests.doors.titles import NOBODYS, title_of
from tests.doors.world import World, undone

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R10")]

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


def test_under_a_dull_name_nothing_else_is_told(world: World) -> None:
    browser = world.browsers[Role.ALICE]
    (dull, name), *_ = [each for each in SIGNS.items() if each[0] != "nearer"]
    browser.post("/settings/home-screen", {"sign": dull})

    told = {route.name: title_of(answer.content) for route, answer in looked_at(world, Role.ALICE)}

    assert set(told.values()) <= {name} | NOBODYS
    assert {told[route] for route in ("home:today", "home:us", "leaving:spaces", "library:article")} == {name}


def test_no_page_of_ones_own_has_an_address_that_tells(lived: Pair) -> None:
    load(STARTER, on=DAY)

    seen = {
        address
        for address, answer in everywhere(lived.host.client).items()
        if answer.status_code == 200 and "(" not in address
    }

    assert any(address.startswith("/library/") for address in seen)
    assert not sorted(address for address in seen if TELLING.search(address))
