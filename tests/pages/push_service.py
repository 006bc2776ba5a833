"""A push service of our own, and browsers that are called through it: what it gets, and what they make of it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from nearer import outward
from nearer.notices.sending import push
from nearer.vault.webpush import CURVE, text_of, written


@dataclass
class Browser:
    """A browser with a subscription."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def subscription(self) -> dict[str, str]:
        """What it hands to the page."""
        return {
            "endpoint": self.endpoint,
            "key": text_of(written(self.key.public_key())),
            "auth": text_of(self.auth),
        }

    def read(self, body: bytes) -> bytes:
        """Open a message."""
        opened: bytes = http_ece.decrypt(
            body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"
        )
        return opened


@dataclass
class PushService:
    """What arrived, and how the next ones are answered: at once, unless `holds` is there and not yet set."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    holds: threading.Event | None = None

    def browser(self, name: str = "phone") -> Browser:
        """Return a browser that is called through it."""
        return Browser(endpoint=f"{self.url}/send/{name}")

    @property
    def waiting(self) -> dict[tuple[str, str], bytes]:
        """What waits for a device that is off: a message takes the place of one with the same topic (RFC 8030, 5.4)."""
        told = zip(self.paths, self.headers, self.bodies, strict=True)
        return {(path, headers["topic"]): body for path, headers, body in told}


class Handler(BaseHTTPRequestHandler):
    """Takes what is posted."""

    def do_POST(self) -> None:
        service: PushService = self.server.service  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        service.bodies.append(body)
        service.headers.append({name.lower(): value for name, value in self.headers.items()})
        service.paths.append(self.path)
        if service.holds:
            service.holds.wait(20)
        self.send_response(service.answers.pop(0) if service.answers else 201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def push_service(patch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """Serve on this machine, which is let through for once, without TLS; nothing else private is."""
    real = outward.is_public
    patch.setattr(outward, "is_public", lambda text: text == "127.0.0.1" or real(text))
    patch.setattr(push, "SCHEMES", ("https", "http"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(url=f"http://127.0.0.1:{server.server_port}")
    server.service = service  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
