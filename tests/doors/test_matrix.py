"""Every address, asked by everybody, in every way: each is answered as the list says, and strangers find nothing."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.db.models import F
from django.templatetags.static import static
from django.test import Client
from pytest_django import Settings

from nearer.accounts.models import User
from nearer.accounts.slowing import limits
from nearer.live.headers import house_headers
from nearer.sittings.run.access import may_watch
from nearer.vault import keys
from nearer.web.middleware import HEADERS, permissions
from nearer.web.views import LEFT
from tests.doors.authz import GROUPS, METHODS, NOBODY, For, Role, listed, routes, routes_for
from tests.doors.titles import tells
from tests.doors.world import World, undone

pytestmark = pytest.mark.django_db

READY = "nearer.web.storage.StaticFilesInMemory"
NOWHERE = "/there/is/no/such/page"
POLICY = dict(house_headers())[b"content-security-policy"].decode()
# Help sends nothing, not even home, but that it was left.
STRICTER = (f"connect-src {' '.join(LEFT)}", "connect-src 'self'")
# The one page that may ask for the microphone.
RECORDING = "keepsakes:voice"
HEARS = {"Permissions-Policy": permissions("microphone")}
# Every address is asked by everybody in these two ways; of the others by each in one, and in turn, so that every
# address is asked in every way there is, by two.
ALWAYS, ALL = ("GET", "POST"), bool(os.environ.get("NEARER_TEST_WAYS"))
IN_TURN = tuple(method for method in METHODS if method not in ALWAYS)
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


def is_page(answer: Answer) -> bool:
    """Say whether it is something a browser shows as a page of its own, title and all."""
    return dict(answer.headers).get("Content-Type", "").startswith("text/html")


def ways(role: Role, number: int) -> tuple[str, ...]:
    """Return the ways in which somebody asks the address with this number."""
    return METHODS if ALL else (*ALWAYS, IN_TURN[(number + list(Role).index(role)) % len(IN_TURN)])


def wears_everything(answer: Answer, route: str = "") -> bool:
    """Say whether an answer carries every header of the house and its policy, says how long it is, and is kept by nobody."""
    said = dict(answer.headers)
    if answer.body and int(said.get("Content-Length", len(answer.body))) != len(answer.body):
        return False
    if route == RECORDING and said.items() >= HEARS.items():
        said["Permissions-Policy"] = permissions()
    return (
        said.items() >= HEADERS.items()
        and said.get("Content-Security-Policy", "").replace(*STRICTER) == POLICY
        and said.get("Cache-Control") == "no-store"
    )


def test_every_route_is_listed() -> None:
    names = [route.name for route in routes()]

    assert len(names) == len(set(names)), "two addresses with one name"
    unlisted, gone = set(names) - set(listed()), set(listed()) - set(names)
    assert not unlisted, f"say in tests/doors/authz.toml who may use {sorted(unlisted)}"
    assert not gone, f"take out of tests/doors/authz.toml what is no more: {sorted(gone)}"


def test_what_names_something_private_is_not_for_everybody() -> None:
    private = {route.name for route in routes() if route.private_parts}

    assert private == {route.name for whom in (For.MEMBERS, For.OWNER) for route in routes_for(whom)}


def watched(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return a list that notes whatever is stretched from now on."""
    stretched, real = [], keys.stretch

    def stretch(*given: Any) -> bytes:
        stretched.append(given)
        return real(*given)

    monkeypatch.setattr(keys, "stretch", stretch)
    return stretched


@pytest.mark.rule("R10")
@pytest.mark.parametrize("role", Role)
def test_everybody_is_answered_as_the_list_says(
    role: Role, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, known, wrong = world.browsers[role], listed(), []
    stretched = watched(monkeypatch)
    browser.get("/help")
    nothing = {method: ask(browser, method, NOWHERE, **EMPTY) for method in METHODS}
    for number, route in enumerate(routes()):
        asked, elsewhere = world.path(route, role), route.path() if route.private_parts else NOWHERE
        for method in ways(role, number):
            limits.reset()
            expected = known[route.name].expected(role, method)
            with undone(browser):
                answer = ask(browser, method, asked, **EMPTY)
                if not wears_everything(answer, route.name):
                    wrong.append(f"{method} {route.name}: {answer.status} lacks a header of the house")
                if method == "GET" and is_page(answer) and tells(route, role, answer.body):
                    wrong.append(f"{method} {route.name}: its title tells more than the place")
                if answer.status != expected:
                    wrong.append(f"{method} {route.name}: {answer.status}, and the list says {expected}")
                elif (answer.status == 404 and answer != nothing[method]) or (
                    role in NOBODY
                    and route.private_parts
                    and answer != ask(browser, method, elsewhere, **EMPTY)
                ):
                    wrong.append(f"{method} {route.name}: not answered like what never existed")

    assert not wrong, "\n".join(wrong)
    assert not stretched, "a passphrase was stretched for a form with nothing in it"


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
    token = world.browsers[role].cookies.get(django_settings.SESSION_COOKIE_NAME)
    refs = [thing.ids["ref"] for thing in world.things.values() if "ref" in thing.ids]
    asked = [(token.value if token else "", ref) for ref in refs]

    watched = {ref for ref, seq in zip(refs, may_watch(asked), strict=True) if seq is not None}

    assert watched == world.sittings_of(role)


def test_a_session_of_a_former_passphrase_watches_nothing(world: World) -> None:
    alice, ref = world.pair.host, world.things["ours"].ids["ref"]
    assert may_watch([(alice.token, ref)]) != [None]

    User.objects.filter(pk=alice.user.pk).update(auth_epoch=F("auth_epoch") + 1)

    assert may_watch([(alice.token, ref)]) == [None]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "a b", ""]
)
def test_a_name_that_is_not_this_houses_finds_nothing(host: str, world: World) -> None:
    for path in ("/", "/login", "/settings", f"/s/{world.things['ours'].ids['ref']}", NOWHERE):
        for role in (Role.ANONYMOUS, Role.ALICE):
            answer = ask(world.browsers[role], "GET", path, headers={"host": host})
            assert answer.status == 400, path
            assert wears_everything(answer)
            assert host.encode() not in answer.body or not host


def test_a_forwarded_name_or_address_is_not_believed(world: World) -> None:
    claimed = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-for": "1.2.3.4",
        "forwarded": "host=evil.example",
    }

    answer = ask(
        world.browsers[Role.ALICE],
        "GET",
        "/b/{bond}/invitation".format(**world.things["invited"].ids),
        headers=claimed,
    )

    assert answer.status == 200
    assert b"evil.example" not in answer.body


def test_the_headers_are_these() -> None:
    said, policy = {**HEADERS, "Permissions-Policy": ""}, set(POLICY.split("; "))

    assert said == {
        "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp", "Permissions-Policy": "",
    }  # fmt: skip
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(HEADERS["Permissions-Policy"].split(", "))
    assert policy == {
        "default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'",
        "require-trusted-types-for 'script'", "trusted-types nearer nearer-worker",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "media", "font", "connect")), "manifest-src 'self'",
    }  # fmt: skip


def test_files_wear_the_same_headers_and_may_be_kept(settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": READY, "OPTIONS": {"base_url": settings.STATIC_URL}}
    }
    browser = Client()
    plain = browser.get("/static/web/css/shell.css").content
    name = static("web/css/shell.css")

    found = browser.get(name, headers={"accept-encoding": "gzip"})
    unchanged = browser.get(name, headers={"if-none-match": found["ETag"]})
    before = browser.get(f"/static/{'0' * 12}/web/css/shell.css")

    assert (found.status_code, unchanged.status_code) == (200, 304)
    assert gzip.decompress(found.content) == plain
    # A page that an earlier version drew is dressed as well; what it got is asked for anew soon.
    assert (before.content, "immutable" in before["Cache-Control"]) == (plain, False)
    for answer in (found, unchanged):
        assert answer.headers.items() >= HEADERS.items()
        assert answer["Content-Security-Policy"] == POLICY
        assert "immutable" in answer["Cache-Control"]


def test_what_is_missing_and_what_fails_wear_them_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = world.browsers[Role.ALICE]
    monkeypatch.setattr("nearer.web.views.by_country", lambda: 1 / 0)

    for path, status in (("/help", 500), ("/static/none.css", 404)):
        answer = ask(alice, "GET", path)
        assert answer.status == status
        assert wears_everything(answer)


@pytest.mark.parametrize("path", ["/logout"])
def test_who_goes_leaves_nothing_in_the_browser(path: str, world: World) -> None:
    assert world.browsers[Role.ALICE].post(path)["Clear-Site-Data"] == '"cache", "storage"'
