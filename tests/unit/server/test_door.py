"""What is turned away before Django reads it, and what every answer carries, whoever gives it."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
import uvicorn
from django.conf import settings

from nearer.live.headers import house_headers
from nearer.server import fixed, wire
from nearer.server import pages as bridge
from nearer.server.application import FIXED
from nearer.web.middleware import HEADERS
from tests.unit.server.test_application import hello
from tests.unit.waiting import until

WORN = {name.lower().encode(): value.encode() for name, value in HEADERS.items()}
FOREIGN = [
    [(b"sec-fetch-site", b"cross-site")],
    [(b"sec-fetch-site", b"same-site")],
    [(b"origin", b"https://evil.example")],
    [(b"origin", b"null")],
    [(b"origin", b"http://localhost:81")],
    [(b"origin", b"http://localhost"), (b"origin", b"https://evil.example")],
    [(b"host", b"evil.example")],
]


def wears_everything(headers: list[tuple[bytes, bytes]]) -> bool:
    """Say whether an answer carries every header of the house, its policy, and is kept by nobody."""
    said = dict(headers)
    policy = said.get(b"content-security-policy", b"")
    return (
        said.items() >= WORN.items()
        and b"default-src 'none'" in policy
        and b"require-trusted-types-for 'script'" in policy
        and said.get(b"cache-control") == b"no-store"
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "ODD"])
@pytest.mark.parametrize("headers", FOREIGN)
def test_what_another_site_sends_is_refused_unread(
    pages: Any, visit: Any, site: Any, method: str, headers: list[tuple[bytes, bytes]]
) -> None:
    answer = asyncio.run(visit(method=method, headers=headers, body=[b"a=1"]).go(pages))

    assert answer.status == 403
    assert wears_everything(answer.sent[0]["headers"])
    assert answer.received == 0
    assert site.asked == []


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"sec-fetch-site", b"same-origin"), (b"origin", b"http://localhost")],
        [(b"sec-fetch-site", b"none")],
        [(b"origin", b"https://localhost")],  # the proxy in front speaks TLS, and this process does not
    ],
)
def test_our_own_forms_arrive(pages: Any, visit: Any, headers: list[tuple[bytes, bytes]]) -> None:
    assert asyncio.run(visit(method="POST", headers=headers).go(pages)).status == 200


def test_a_heap_of_headers_is_refused(pages: Any, visit: Any, site: Any) -> None:
    heap = [(b"x-%d" % number, b"1") for number in range(bridge.MOST_HEADERS)]

    answer = asyncio.run(visit(headers=heap).go(pages))

    assert answer.status == 400
    assert site.asked == []


def test_a_body_that_comes_too_slowly_is_told_so(
    site: Any, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridge, "BODY_SECONDS", 0.02)
    slow = bridge.Pages(
        site, body_limit=100, slow_paths=(), upload_limit=100, upload_paths=re.compile("/photo")
    )

    async def story() -> Any:
        request = visit(method="POST", headers=[(b"content-length", b"9")])
        request.received = 1  # nothing more comes
        return await request.go(slow)

    answer = asyncio.run(story())
    slow.close()

    assert answer.status == 408
    assert answer.values(b"connection") == [b"close"]
    assert wears_everything(answer.sent[0]["headers"])
    assert site.asked == []


@pytest.mark.parametrize("status", FIXED)
def test_pages_that_django_does_not_make_wear_the_same_headers(status: int) -> None:
    headers, body = fixed.page_of(status)

    assert wears_everything(headers)
    assert b"<h1" in body
    assert (b"retry-after" in dict(headers)) is (status in {429, 503})


def test_transport_security_is_for_tls_only(monkeypatch: pytest.MonkeyPatch) -> None:
    name = b"strict-transport-security"
    assert name not in dict(house_headers())

    monkeypatch.setattr(settings, "SECURE_HSTS_SECONDS", 63_072_000)
    monkeypatch.setattr(settings, "SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
    monkeypatch.setattr(settings, "SECURE_HSTS_PRELOAD", True)
    house_headers.cache_clear()
    try:
        assert dict(house_headers())[name] == b"max-age=63072000; includeSubDomains; preload"
    finally:
        house_headers.cache_clear()


BROKEN = [
    b"NOT HTTP\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * (wire.HEAD_BYTES + 1),
]


@pytest.mark.parametrize("words", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_request_is_answered_in_our_own_words(words: bytes) -> None:
    async def story() -> bytes:
        listener = wire.listen("127.0.0.1", 0)
        config = uvicorn.Config(
            hello, http=wire.Connection, ws="none", lifespan="off", log_config=None,
            h11_max_incomplete_event_size=wire.HEAD_BYTES,
        )  # fmt: skip
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        await until(lambda: server.started)
        reader, writer = await asyncio.open_connection(*listener.getsockname()[:2])
        writer.write(words)
        async with asyncio.timeout(3):
            said = await reader.read()
        writer.close()
        server.should_exit = True
        await running
        return said

    head, _, body = asyncio.run(story()).partition(b"\r\n\r\n")

    status, *lines = head.split(b"\r\n")
    headers = [(name.lower(), value) for name, _, value in (line.partition(b": ") for line in lines)]
    assert status.startswith(b"HTTP/1.1 400")
    assert wears_everything(headers)
    assert b"<h1" in body
