"""What stands in front of a copy: other addresses, and proxies that change what browsers send."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from nearer.live.origin import Foreign, foreign, said
from nearer.server.spelling import plainly
from nearer.testing.cast import Person
from nearer.web import remarks
from tests.pages.reading import words

pytestmark = pytest.mark.django_db

OURS = settings.CONFIG.host


@pytest.fixture(autouse=True)
def _said_anew() -> Iterator[None]:
    remarks.forget()
    yield
    remarks.forget()


@pytest.mark.parametrize("host", ["192.0.2.7:8000", "[2001:db8::7]", "nearer-pod.internal", "evil.example"])
def test_a_probe_may_come_by_any_address(host: str) -> None:
    for path in ("/healthz", "/readyz"):
        assert Client(SERVER_NAME="x").get(path, headers={"host": host}).status_code == 200


def test_who_comes_by_another_address_is_told_and_the_log_says_what_to_set(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer, *_ = [Client().get("/", headers={"host": "192.168.1.20:8000"}) for _ in range(3)]

    assert answer.status_code == 400
    assert "Nearer does not know this address" in words(answer)
    assert "NEARER_URL" in words(answer)
    assert settings.CONFIG.url not in answer.content.decode()
    lines = [record.getMessage() for record in caplog.records if "NEARER_URL" in record.getMessage()]
    assert len(lines) == 1
    assert "192.168.1.20:8000" in lines[0]
    assert settings.CONFIG.url in lines[0]


def test_a_host_that_is_no_name_is_not_quoted(caplog: pytest.LogCaptureFixture) -> None:
    Client().get("/", headers={"host": "a canary; in a header"})

    assert "canary" not in caplog.text
    assert "no host name" in caplog.text


HOST = (b"host", OURS.encode())


@pytest.mark.parametrize("host", ["{}", "{}.", "{}:443", "{}.:443", "{}:80"])
@pytest.mark.parametrize("origin", ["https://{}", "https://{}.", "https://{}:443", "http://{}:80"])
@pytest.mark.parametrize("written", [str, str.upper])
def test_an_address_is_known_however_it_is_passed_on(
    host: str, origin: str, written: Callable[[str], str]
) -> None:
    headers = plainly([
        (b"host", written(host.format(OURS)).encode()), (b"origin", origin.format(OURS).encode()),
        (b"cookie", b"Kept=As it Is."),
    ])  # fmt: skip
    scope: Any = {"headers": headers}

    assert foreign(scope) is None
    assert headers[0] == HOST
    assert headers[2] == (b"cookie", b"Kept=As it Is.")


@pytest.mark.parametrize(
    ("host", "origin"),
    [("{}", "https://{}:8443"), ("{}:8443", "https://{}"), ("{}", "https://{}.evil.example")],
)
def test_another_port_or_name_stays_another(host: str, origin: str) -> None:
    scope: Any = {
        "headers": plainly(
            [
                (b"host", host.format(OURS).encode()),
                (b"origin", origin.format(OURS).encode()),
            ]
        )
    }
    assert foreign(scope) is Foreign.ORIGIN


@pytest.mark.parametrize(
    ("headers", "cause", "names"),
    [
        ([], Foreign.HOST, "missing or no host name"),
        ([(b"host", b"backend:8000")], Foreign.HOST, "backend:8000"),
        ([HOST, (b"origin", b"null")], Foreign.HIDDEN, "Referrer-Policy: no-referrer"),
        ([HOST, (b"origin", b"https://other.example")], Foreign.ORIGIN, "proxy_set_header Host $http_host"),
        ([HOST, (b"sec-fetch-site", b"cross-site")], Foreign.SITE, "another site"),
        ([HOST, (b"origin", f"http://{OURS}".encode())], None, ""),
        ([HOST], None, ""),
    ],
)  # fmt: skip
def test_each_cause_has_its_line(
    headers: list[tuple[bytes, bytes]], cause: Foreign | None, names: str
) -> None:
    scope: Any = {"headers": headers}

    assert foreign(scope) == cause
    assert cause is None or names in said(cause, scope)


@pytest.mark.parametrize("sent", [{"origin": "https://rewritten.example"}, {"origin": "null"}])
def test_a_form_that_a_proxy_changed_gets_an_honest_page_and_one_line(
    alice: Person, caplog: pytest.LogCaptureFixture, sent: dict[str, str]
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = alice.client.cookies
    with caplog.at_level(logging.WARNING):
        answer, *_ = [browser.post("/settings/home-screen", {"sign": "leaf"}, headers=sent) for _ in range(2)]

    assert answer.status_code == 403
    assert "something between you and this copy" in words(answer)
    assert "log in" not in words(answer).lower()
    assert len([record for record in caplog.records if record.name == "nearer.surroundings"]) == 1


def test_a_token_that_is_too_old_is_nobodys_proxy(alice: Person, caplog: pytest.LogCaptureFixture) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = alice.client.cookies

    answer = browser.post("/settings/home-screen", {"sign": "leaf"})

    assert answer.status_code == 403
    assert "nearer.surroundings" not in caplog.text
