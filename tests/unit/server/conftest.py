"""A tiny WSGI application and an ASGI client for the bridge."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from nearer.live.gate import Gate
from nearer.live.hub import Hub
from nearer.live.stream import Streams
from nearer.server.application import Application
from nearer.server.environ import Environ
from nearer.server.pages import Pages

LIMIT = 2 * 1024 * 1024


@dataclass
class Site:
    """Remembers what it was asked; `/wait`, posts to `/login` and a slow path take until `go` is set."""

    asked: list[Environ] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    go: threading.Event = field(default_factory=threading.Event)
    closed: int = 0
    slow_path: str = "/wait"

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(environ)
        self.bodies.append(environ["wsgi.input"].read())
        path = environ["PATH_INFO"]
        if path in {"/wait", self.slow_path} or (path, environ["REQUEST_METHOD"]) == ("/login", "POST"):
            self.go.wait(5)
        if path == "/broken":
            raise RuntimeError("broken")
        if path == "/unchanged":
            start_response("304 Not Modified", [("ETag", '"x"')])
            return []
        start_response(
            "200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
        )
        return Body([b"hello ", b"there"], self)


@dataclass
class Body:
    """An answer in parts that notes its closing."""

    parts: list[bytes]
    site: Site

    def __iter__(self) -> Any:
        return iter(self.parts)

    def close(self) -> None:
        """Count."""
        self.site.closed += 1


@dataclass
class Visit:
    """One request to the bridge and its answer."""

    path: bytes = b"/"
    method: str = "GET"
    body: list[bytes] = field(default_factory=list)
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    leaves_after: int | None = None
    sent: list[dict[str, Any]] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    received: int = 0

    async def go(self, pages: Pages) -> Visit:
        """Send the request and wait for its end."""
        path, _, query = self.path.partition(b"?")
        scope = {
            "type": "http",
            "method": self.method,
            "http_version": "1.1",
            "scheme": "http",
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.9", 5),
            "root_path": "",
            "raw_path": path,
            "path": path.decode("latin-1"),
            "query_string": query,
            "headers": [(b"host", b"localhost"), *self.headers],
        }
        await pages(scope, self._receive, self._send)
        return self

    async def _receive(self) -> dict[str, Any]:
        if self.leaves_after is not None and self.received >= self.leaves_after:
            return {"type": "http.disconnect"}
        if self.received < max(len(self.body), 1):
            part = self.body[self.received] if self.body else b""
            self.received += 1
            return {"type": "http.request", "body": part, "more_body": self.received < len(self.body)}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.sent.append(dict(message))

    @property
    def status(self) -> int:
        """The answer's status."""
        status: int = self.sent[0]["status"]
        return status

    @property
    def answer(self) -> bytes:
        """The answer's body."""
        return b"".join(message["body"] for message in self.sent[1:])

    def values(self, name: bytes) -> list[bytes]:
        """Return the answer's values of one header."""
        return [value for key, value in self.sent[0]["headers"] if key == name]


@pytest.fixture
def site() -> Site:
    """The WSGI application."""
    return Site()


@pytest.fixture
def pages(site: Site) -> Iterable[Pages]:
    """The bridge in front of it."""
    pages = Pages(
        site,
        body_limit=LIMIT,
        slow_paths=("/login",),
        upload_limit=2 * LIMIT,
        upload_paths=re.compile("/photo"),
    )
    yield pages
    site.go.set()
    pages.close()


@pytest.fixture
def application(pages: Any) -> Application:
    """Pages from the tiny site, streams open to everybody."""
    hub = Hub()
    return Application(
        pages=pages, streams=Streams(hub, Gate(lambda questions: [1 for _ in questions])), hub=hub
    )


@pytest.fixture
def visit() -> type[Visit]:
    """Make a request."""
    return Visit
