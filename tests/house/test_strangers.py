"""What is not yours does not exist: every address, asked by a stranger, by nobody, by an ex, and by a forger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from nearer.bonds import actions
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, make_invitation, make_joined, sign_in
from tests.house.routes import WHO_MAY, For, Route, routes, routes_for

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
NOT_ALLOWED = 405


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


def told(route: Route, **known: Any) -> dict[str, Any]:
    """Return the ids a route asks for: known ones, or made up."""
    return {part: known.get(part) or uuid4() for part in route.private_parts}


def ids_of(bonds: list[Any], sittings: list[Sitting]) -> Iterator[dict[str, Any]]:
    """Return every id a stranger could have got hold of."""
    yield from ({"bond": bond.pk, "ref": uuid4()} for bond in bonds)
    yield from ({"bond": sitting.bond_id, "ref": sitting.pk} for sitting in sittings)


def test_every_route_says_whom_it_is_for() -> None:
    names = [route.name for route in routes()]

    assert len(names) == len(set(names))
    assert set(names) == set(WHO_MAY), "say in tests/house/routes.py whom the new address is for"


def test_routes_that_name_something_private_are_for_members() -> None:
    assert {r.name for r in routes() if r.private_parts} == {r.name for r in routes_for(For.MEMBERS)}
    assert {part for r in routes() for part in r.private_parts} == {"bond", "ref"}, "teach ids_of the new id"


@pytest.mark.parametrize("method", METHODS)
def test_charlie_finds_nothing_anywhere(
    method: str, pair: Pair, other_pair: Pair, floor: Sitting, charlie: Person, dana: Person
) -> None:
    waiting, _ = make_invitation(pair.host)
    joined = make_joined(pair.guest, dana).bond
    charlie.client.get("/")

    for ids in ids_of([pair.bond, other_pair.bond, waiting, joined], [floor]):
        for route in routes_for(For.MEMBERS):
            theirs = ask(charlie.client, method, route.path(**ids))
            nobodys = ask(charlie.client, method, route.path(**told(route)))

            assert theirs == nobodys, route.name
            if theirs.status != 404:
                members = pair.host.client.generic(method, route.path(bond=pair.bond.pk, ref=floor.pk))
                assert theirs.status == members.status_code == NOT_ALLOWED, route.name


def test_dana_who_is_alices_friend_finds_nothing_of_bobs(
    pair: Pair, other_pair: Pair, floor: Sitting
) -> None:
    dana = other_pair.guest

    for route in routes_for(For.MEMBERS):
        for method in ("GET", "POST"):
            status = ask(dana.client, method, route.path(bond=pair.bond.pk, ref=floor.pk)).status
            assert status in {404, NOT_ALLOWED}, route.name


@pytest.mark.parametrize("method", METHODS)
def test_nobody_is_sent_to_log_in(method: str, pair: Pair, floor: Sitting) -> None:
    for route in [*routes_for(For.ME), *routes_for(For.MEMBERS)]:
        real = ask(Client(), method, route.path(bond=pair.bond.pk, ref=floor.pk))
        made_up = ask(Client(), method, route.path(**told(route)))

        assert real == made_up, route.name
        assert real.status == 302, route.name
        assert dict(real.headers)["Location"] == "/login?next=…", route.name


def test_public_pages_are_public() -> None:
    for route in routes_for(For.ANYBODY):
        assert ask(Client(), "GET", route.path()).status in {200, NOT_ALLOWED}, route.name


def test_rooms_that_do_not_exist_are_404(alice: Person) -> None:
    for route in routes():
        if "slug" in route.parts:
            for method in ("GET", "POST"):
                status = ask(alice.client, method, route.path(slug="sauna")).status
                assert status in {404, NOT_ALLOWED}, route.name


def test_an_ex_finds_nothing_anywhere(pair: Pair, floor: Sitting) -> None:
    bob = pair.guest
    assert bob.client.get(f"/s/{floor.pk}").status_code == 200

    actions.leave(bob.at(pair.bond), at=timezone.now())

    for method in METHODS:
        for route in routes_for(For.MEMBERS):
            was_mine = ask(bob.client, method, route.path(bond=pair.bond.pk, ref=floor.pk))
            nobodys = ask(bob.client, method, route.path(**told(route)))
            assert was_mine == nobodys, route.name
            assert was_mine.status in {404, NOT_ALLOWED}, route.name


def test_no_form_is_taken_without_its_token(pair: Pair, floor: Sitting) -> None:
    forger = sign_in(pair.host, Client(enforce_csrf_checks=True))
    page = Client().get("/help").content

    for client in (forger, Client(enforce_csrf_checks=True)):
        for route in routes():
            path = route.path(bond=pair.bond.pk, ref=floor.pk)
            for method in ("POST", "PUT", "DELETE"):
                answer = ask(client, method, path)
                assert answer.status == 403, (method, route.name)
                assert answer.body != page
    assert Sitting.objects.get(pk=floor.pk).seq == floor.seq
    assert pair.host.at(pair.bond).bond.state == "open"


def test_a_token_of_somebody_else_is_not_taken_either(pair: Pair) -> None:
    forger = sign_in(pair.host, Client(enforce_csrf_checks=True))
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.get("/login")
    forger.get("/settings")

    token = elsewhere.cookies[settings.CSRF_COOKIE_NAME].value
    answer = forger.post(f"/b/{pair.bond.pk}/leave", {"csrfmiddlewaretoken": token})

    assert answer.status_code == 403


def test_a_form_from_another_site_is_not_taken(pair: Pair) -> None:
    forger = sign_in(pair.host, Client(enforce_csrf_checks=True))
    forger.get("/settings")

    token = forger.cookies[settings.CSRF_COOKIE_NAME].value
    sent = {"csrfmiddlewaretoken": token}
    refused = forger.post("/settings/elsewhere", sent, headers={"origin": "https://evil.example"})
    taken = forger.post("/settings/elsewhere", sent)

    assert refused.status_code == 403
    assert taken.status_code == 302
