"""A client without a network, and a gate whose answer a test can change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from nearer.live import gate
from nearer.live.gate import Gate
from nearer.live.hub import Hub
from nearer.live.stream import Streams
from tests.unit.waiting import until

ALICE = "alice-token"


@dataclass
class Door:
    """Says `seq` to Alice and nothing to anybody else; `None` shuts it."""

    seq: int | None = 7
    asked: int = 0
    ended: list[str] = field(default_factory=list)

    def __call__(self, questions: Sequence[tuple[str, UUID]]) -> list[int | None]:
        self.asked += len(questions)
        return [self.seq if token == ALICE else None for token, _ in questions]


@dataclass
class Client:
    """Holds one request to the stream and what came back."""

    ref: UUID
    token: str = ALICE
    path: str = ""
    method: str = "GET"
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    also: str = ""
    sent: list[dict[str, Any]] = field(default_factory=list)
    reading: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    def open(self, streams: Streams) -> Client:
        """Send the request."""
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.token}{self.also}".encode()
        host = [(b"host", b"localhost")] if not any(name == b"host" for name, _ in self.headers) else []
        scope = {
            "type": "http",
            "method": self.method,
            "path": self.path or f"/live/{self.ref}",
            "headers": [*host, (b"cookie", cookie), *self.headers],
        }
        self.reading.set()
        self.task = asyncio.create_task(streams(scope, self._receive, self._send))
        return self

    async def _receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        await self.reading.wait()
        self.sent.append(dict(message))

    @property
    def status(self) -> int:
        """The answer's status."""
        status: int = self.sent[0]["status"]
        return status

    @property
    def answer_headers(self) -> dict[bytes, bytes]:
        """The answer's headers."""
        return dict(self.sent[0]["headers"])

    @property
    def text(self) -> str:
        """Everything the stream has said."""
        return b"".join(message.get("body", b"") for message in self.sent[1:]).decode()

    @property
    def ended(self) -> bool:
        """Whether the stream is over for the client."""
        return bool(self.sent) and len(self.sent) > 1 and not self.sent[-1].get("more_body", False)

    async def until(self, met: Callable[[], bool]) -> None:
        """Wait for something to become true, at most five seconds."""
        await until(met)


@pytest.fixture
def ref() -> UUID:
    """A sitting's id."""
    return uuid4()


@pytest.fixture
def door() -> Door:
    """The gate's answer."""
    return Door()


@pytest.fixture
def room(door: Door, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Hub, Streams]]:
    """Open a hub and its endpoint inside a running loop; who asks again is not kept waiting for others."""
    monkeypatch.setattr(gate, "PATIENCE", 0.02)

    def build(*, beat: float = 15.0, breath: float = 5.0, queue: int = 200) -> tuple[Hub, Streams]:
        hub = Hub()
        hub.open()
        return hub, Streams(hub, Gate(door, queue=queue, ending=door.ended.append), beat=beat, breath=breath)

    return build


@pytest.fixture
def client(ref: UUID) -> Callable[..., Client]:
    """Make a client of the sitting."""

    def make(**changes: Any) -> Client:
        return Client(**({"ref": ref} | changes))

    return make
