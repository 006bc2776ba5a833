"""Every address, asked by everybody, in every way: each is answered as the list says, and strangers find nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from nearer.accounts import limits
from nearer.sittings.access import may_watch
from tests.doors.authz import GROUPS, METHODS, NOBODY, For, Role, listed, routes, routes_for
from tests.doors.world import World, undone

pytestmark = pytest.mark.django_db

NOWHERE = "/there/is/no/such/page"
EMPTY = {"data": "csrfmiddlewaretoken=", "content_type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """What came back, down to the byte."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def ask(client: Client, method: str, path: str, **sent: Any) -> Answer:
    """Ask once. What the answer says about the address itself is left out."""
    response = client.generic(method, path, **sent)
    headers = sorted(
        (name, value.replace(quote(path), "…").replace(path, "…")) for name, value in response.items()
    )
    return Answer(response.status_code, tuple(headers), response.content)


def test_every_route_is_listed() -> None:
    names = [route.name for route in routes()]

    assert len(names) == len(set(names)), "two addresses with one name"
    unlisted, gone = set(names) - set(listed()), set(listed()) - set(names)
    assert not unlisted, f"say in tests/doors/authz.toml who may use {sorted(unlisted)}"
    assert not gone, f"take out of tests/doors/authz.toml what is no more: {sorted(gone)}"


def test_what_names_something_private_is_not_for_everybody() -> None:
    private = {route.name for route in routes() if route.private_parts}

    assert private == {route.name for whom in (For.MEMBERS, For.OWNER) for route in routes_for(whom)}


@pytest.mark.parametrize("role", Role)
def test_everybody_is_answered_as_the_list_says(role: Role, world: World) -> None:
    browser, known, wrong = world.browsers[role], listed(), []
    browser.get("/help")
    for route in routes():
        asked, elsewhere = world.path(route, role), route.path() if route.private_parts else NOWHERE
        for method in METHODS:
            limits.reset()
            expected = known[route.name].expected(role, method)
            with undone(browser):
                answer = ask(browser, method, asked, **EMPTY)
                if answer.status != expected:
                    wrong.append(f"{method} {route.name}: {answer.status}, and the list says {expected}")
                elif (answer.status == 404 and answer != ask(browser, method, NOWHERE, **EMPTY)) or (
                    role in NOBODY
                    and route.private_parts
                    and answer != ask(browser, method, elsewhere, **EMPTY)
                ):
                    wrong.append(f"{method} {route.name}: not answered like what never existed")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", sorted(GROUPS["strangers"]))
def test_strangers_find_nothing_whatever_ids_they_know(role: Role, world: World) -> None:
    browser, known = world.browsers[role], listed()
    browser.get("/help")
    nothing = {method: ask(browser, method, NOWHERE, **EMPTY) for method in ("GET", "POST")}
    private = [*routes_for(For.MEMBERS), *routes_for(For.OWNER)]

    found = [
        f"{method} {route.name}"
        for ids in world.foreign_to(role)
        for route in private
        for method in nothing
        if method in known[route.name].answers
        and ask(browser, method, route.path(**ids), **EMPTY) != nothing[method]
    ]

    assert not found


def test_rooms_that_do_not_exist_are_not_found(world: World) -> None:
    for route in routes():
        if "slug" in route.parts:
            for method in ("GET", "POST"):
                status = ask(world.browsers[Role.ALICE], method, route.path(slug="sauna")).status
                assert status in {404, 405}, route.name


@pytest.mark.parametrize("role", Role)
def test_streams_are_for_members_too(role: Role, world: World) -> None:
    token = world.browsers[role].cookies.get(settings.SESSION_COOKIE_NAME)
    refs = [thing.ids["ref"] for thing in world.things.values() if "ref" in thing.ids]
    asked = [(token.value if token else "", ref) for ref in refs]

    watched = {ref for ref, seq in zip(refs, may_watch(asked), strict=True) if seq is not None}

    assert watched == world.sittings_of(role)
