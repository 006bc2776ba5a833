"""What `docs/operating` tells nginx and Caddy, told to real ones: what comes through is as it was sent, and at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from nearer.testing.fronts import NAME, Front, front, program

KINDS = [
    pytest.param(
        kind,
        marks=pytest.mark.skipif(
            not (program(kind) and program("openssl")), reason=f"{kind} is not installed"
        ),
    )
    for kind in ("nginx", "caddy")
]
MEGABYTE = 1 << 20
PHOTO, TOO_LARGE = 16 * MEGABYTE, 18 * MEGABYTE


@dataclass
class Behind:
    """What stands behind the proxy in these tests: it remembers what came, and streams a second word when told to."""

    heads: list[dict[str, str]] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)


@pytest.fixture(params=KINDS, scope="module")
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def standing(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Front, Behind]]:
    """A proxy, and what it leads to."""
    behind = Behind()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            behind.heads.append({name.lower(): value for name, value in self.headers.items()})
            behind.bodies.append(len(self.rfile.read(int(self.headers.get("content-length", 0)))))
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            self._say("event: at")
            if self.path.startswith("/live/"):
                behind.go_on.wait(20)
                self._say("event: beat")
            self.wfile.write(b"0\r\n\r\n")

        do_POST = do_GET  # noqa: N815 - the name that the library calls

        def _say(self, words: str) -> None:
            self.wfile.write(f"{len(words):x}\r\n{words}\r\n".encode())
            self.wfile.flush()

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_request: object) -> None:
            """Say nothing of a body that was cut off on its way."""

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with front(kind, server.server_port, tmp_path_factory.mktemp("front") / kind) as found:
        yield found, behind
    server.shutdown()
    server.server_close()


def coming_from(source: str, found: Front, **headers: str) -> httpx.Client:
    """Return a client at one of this machine's addresses, which asks by the name that people use."""
    return httpx.Client(
        base_url=f"https://127.0.0.1:{found.port}",
        transport=httpx.HTTPTransport(verify=False, local_address=source),
        headers={"host": found.url.removeprefix("https://"), **headers},
    )


def test_says_what_was_asked_for_and_by_whom(standing: tuple[Front, Behind]) -> None:
    found, behind = standing
    with coming_from("127.0.0.2", found, **{"x-forwarded-for": "192.0.2.9", "origin": found.url}) as client:
        client.get("/", extensions={"sni_hostname": NAME}).raise_for_status()

    head = behind.heads[-1]
    assert head["host"] == f"{NAME}:{found.port}"
    assert head["origin"] == found.url
    assert head["x-forwarded-proto"] == "https"
    assert head["x-forwarded-for"] == "127.0.0.2", "and not what whoever asks says of themselves"


def test_lets_a_photo_through_and_nothing_larger(standing: tuple[Front, Behind]) -> None:
    found, behind = standing
    with coming_from("127.0.0.1", found) as client:
        sent = client.post("/", content=b"a" * PHOTO, extensions={"sni_hostname": NAME})
        assert (sent.status_code, behind.bodies[-1]) == (200, PHOTO)

        with suppress(httpx.TransportError):  # a proxy may hang up before all of it was said
            refused = client.post("/", content=b"a" * TOO_LARGE, extensions={"sni_hostname": NAME})
            assert refused.status_code in {413, 502}
        assert TOO_LARGE not in behind.bodies


def test_holds_back_no_word_of_a_stream(standing: tuple[Front, Behind]) -> None:
    found, behind = standing
    behind.go_on.clear()
    with (
        coming_from("127.0.0.1", found, **{"accept-encoding": "gzip"}) as client,
        client.stream("GET", "/live/1", extensions={"sni_hostname": NAME}) as stream,
    ):
        words = stream.iter_text()
        heard = next(words)
        behind.go_on.set()  # only now is there more to say
        assert heard == "event: at"
        assert next(words) == "event: beat"


def test_writes_nobody_down(
    standing: tuple[Front, Behind], kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found, _behind = standing
    with coming_from("127.0.0.2", found) as client:
        client.get("/s/canary-of-a-path", extensions={"sni_hostname": NAME})

    written = [path for path in tmp_path_factory.getbasetemp().rglob(f"{kind}/*") if path.is_file()]
    assert written
    assert not any(b"canary-of-a-path" in path.read_bytes() for path in written)
