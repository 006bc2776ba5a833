"""What is turned away before Django reads it, and what every answer carries, whoever gives it."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import h11
import pytest
import uvicorn
from django.conf import settings

from nearer.live.headers import house_headers
from nearer.live.messages import Receive, Scope, Send, reply
from nearer.server import fixed, wire
from nearer.server import pages as bridge
from nearer.server.application import FIXED
from nearer.web import remarks
from nearer.web.middleware import HEADERS
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


@pytest.mark.parametrize("path", [b"/login", b"/photo", b"/", b"/live/x"])
@pytest.mark.parametrize("method", ["post", "Post", "pOST", "get", "ODD", "POST ", ""])
def test_a_method_that_nobody_knows_is_refused_unread(
    application: Any, visit: Any, site: Any, method: str, path: bytes
) -> None:
    answer = asyncio.run(visit(path, method=method, body=[b"a=1"]).go(application))

    assert answer.status == 405
    assert answer.values(b"allow") == [b"GET, HEAD, POST"]
    assert wears_everything(answer.sent[0]["headers"])
    assert answer.received == 0
    assert site.asked == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "post"])
def test_whatever_is_no_look_takes_the_lane_of_its_path(pages: Any, method: str) -> None:
    ways = [pages._way_of({"method": method, "path": path}) for path in ("/login", "/photo", "/")]

    assert ways == [
        (pages._slow, pages._bodies),
        (pages._uploads, pages._upload_bodies),
        (pages._pages, pages._bodies),
    ]


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


def said_to(words: bytes) -> bytes:
    """Say something to a real server on a real socket, and return what it said until it hung up."""

    async def story() -> bytes:
        listener = wire.listen("127.0.0.1", 0)
        config = uvicorn.Config(
            counting, http=wire.Connection, ws="none", lifespan="off", log_config=None,
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

    return asyncio.run(story())


async def counting(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the length of the body, once all of it is here."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message["more_body"]
    await reply(send, 200, [(b"content-length", b"8")], b"%8d" % size)


@pytest.mark.parametrize("words", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_request_is_answered_in_our_own_words(words: bytes) -> None:
    head, _, body = said_to(words).partition(b"\r\n\r\n")

    status, *lines = head.split(b"\r\n")
    headers = [(name.lower(), value) for name, _, value in (line.partition(b": ") for line in lines)]
    assert status.startswith(b"HTTP/1.1 400")
    assert wears_everything(headers)
    assert b"<h1" in body


@pytest.mark.parametrize("host", [b"", b"Host: a\r\nHost: b\r\n"])
def test_a_proxy_that_passes_no_host_or_several_is_named_in_the_log_and_on_the_page(
    host: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    remarks.forget()

    said = said_to(b"POST /login HTTP/1.1\r\n" + host + b"Content-Length: 0\r\n\r\n")

    assert said.startswith(b"HTTP/1.1 400")
    assert b"Something in between changed what you sent" in said
    lines = [each.getMessage() for each in caplog.records if each.name == "nearer.surroundings"]
    assert len(lines) == 1
    assert "no Host header, or with several" in lines[0]
    assert settings.CONFIG.url in lines[0]
    remarks.forget()


def test_what_is_no_request_blames_nobody_in_between(caplog: pytest.LogCaptureFixture) -> None:
    assert b"did not reach us in one piece" in said_to(BROKEN[0])
    assert "Host" not in caplog.text


CHUNKED = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"


def in_chunks(*parts: tuple[int, int]) -> bytes:
    """Return a request whose body is cut: so many chunks of such a size, and again."""
    cut = b"".join((b"%x\r\n" % size + b"a" * size + b"\r\n") * times for times, size in parts)
    return CHUNKED + cut + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("parts", "size"),
    [
        ([(wire.FREE_CHUNKS, 1)], wire.FREE_CHUNKS),
        ([(200, 4096)], 200 * 4096),
        ([(2000, wire.LEAST_IN_A_CHUNK)], 2000 * wire.LEAST_IN_A_CHUNK),
        ([(1, 500_000), (1000, 1)], 501_000),
    ],
)
def test_a_body_in_chunks_of_some_size_arrives_whole(parts: list[tuple[int, int]], size: int) -> None:
    assert said_to(in_chunks(*parts)).endswith(b"%8d" % size)


def test_a_body_cut_into_crumbs_is_refused_and_let_go() -> None:
    assert said_to(in_chunks((wire.FREE_CHUNKS * 3, 1))).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(("before", "most"), [((0, 0), 2), ((200, 4096), 15)])
def test_no_more_crumbs_are_read_than_it_takes_to_see_that_they_are_crumbs(
    before: tuple[int, int], most: int
) -> None:
    connection = wire.Frugal(h11.SERVER)
    connection.receive_data(in_chunks(before, (100_000, 1)))
    read = 0

    def read_all() -> None:
        nonlocal read
        while connection.next_event() is not h11.NEED_DATA:
            read += 1

    with pytest.raises(h11.RemoteProtocolError, match="too small"):
        read_all()
    assert read < wire.FREE_CHUNKS * most


def test_every_request_of_a_connection_has_its_own_few_chunks() -> None:
    connection = wire.Frugal(h11.SERVER)
    again = in_chunks((wire.FREE_CHUNKS, 1)).replace(b"Connection: close\r\n", b"")
    for _ in range(3):
        connection.receive_data(again)
        ended = False
        while not ended:
            ended = isinstance(connection.next_event(), h11.EndOfMessage)
        connection.send(h11.Response(status_code=204, headers=[]))
        connection.send(h11.EndOfMessage())
        connection.start_next_cycle()

    assert connection.their_state is h11.IDLE
