"""The server stops politely, and does not wait for clients that never finish a sentence."""

from __future__ import annotations

import asyncio
import resource
import signal
import socket
import subprocess
import sys
from typing import Any
from uuid import uuid4

import pytest
import uvicorn

from nearer.live.messages import Receive, Scope, Send, reply
from nearer.server import wire
from nearer.server.application import Application
from tests.unit.waiting import until


class Lifespan:
    """Starts and stops an application as a server does."""

    def __init__(self, application: Application) -> None:
        self._events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._answers: asyncio.Queue[Any] = asyncio.Queue()
        self._task = asyncio.create_task(
            application({"type": "lifespan"}, self._events.get, self._answers.put)
        )

    async def __aenter__(self) -> None:
        await self._events.put({"type": "lifespan.startup"})
        assert await asyncio.wait_for(self._answers.get(), 5) == {"type": "lifespan.startup.complete"}

    async def __aexit__(self, *problem: object) -> None:
        await self._events.put({"type": "lifespan.shutdown"})
        assert await asyncio.wait_for(self._answers.get(), 5) == {"type": "lifespan.shutdown.complete"}
        await self._task


def test_an_address_is_one_word_behind_any_proxy() -> None:
    passed: list[Scope] = []

    async def pages(scope: Scope, _receive: Receive, _send: Send) -> None:
        passed.append(scope)

    application = Application(pages=pages, streams=pages, hub=None)  # type: ignore[arg-type]  # neither is asked
    for path in ("/", f"/live/{uuid4()}"):
        headers = [(b"host", b"Nearer.Example.:443"), (b"origin", b"https://nearer.example.")]
        scope: Scope = {"type": "http", "method": "POST", "path": path, "headers": headers}
        asyncio.run(application(scope, None, None))  # type: ignore[arg-type]  # nothing is heard or said

    assert [dict(scope["headers"]) for scope in passed] == [
        {b"host": b"nearer.example", b"origin": b"https://nearer.example"}
    ] * 2


def test_sigterm_says_bye_to_the_streams_before_the_server_waits(application: Application) -> None:
    told: list[int] = []
    sent: list[dict[str, Any]] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    signal.signal(signal.SIGTERM, lambda number, _: told.append(number))

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    async def story() -> None:
        async with Lifespan(application):
            headers = [(b"host", b"localhost"), (b"cookie", b"s=alice; __Host-s=alice")]
            scope = {"type": "http", "method": "GET", "path": f"/live/{uuid4()}", "headers": headers}
            stream = asyncio.create_task(application(scope, receive, send))
            await until(lambda: len(sent) >= 2)
            signal.raise_signal(signal.SIGTERM)
            await asyncio.wait_for(stream, 1)

    try:
        asyncio.run(story())
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    assert told == [signal.SIGTERM]
    assert sent[-1]["body"].startswith(b"event: bye\nretry: ")


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer every request the same."""
    assert scope["type"] == "http"
    await reply(send, 200, [(b"content-length", b"2")], b"hi")


def test_an_answer_is_not_held_back_between_its_head_and_its_body() -> None:
    with wire.listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def served(conversation: list[bytes]) -> list[bytes]:
    """Say each thing to a real server on a real socket, and return what it said until it hung up."""
    listener = wire.listen("127.0.0.1", 0)
    config = uvicorn.Config(hello, http=wire.Connection, ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    await until(lambda: server.started)
    reader, writer = await asyncio.open_connection(*listener.getsockname()[:2])
    heard = []
    for words in conversation:
        writer.write(words)
        heard.append(await reader.readline())
        while heard[-1] and (await reader.readline()).strip():
            pass
    async with asyncio.timeout(3):
        heard.append(await reader.read())
    writer.close()
    server.should_exit = True
    await running
    return heard


@pytest.mark.parametrize("words", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_client_that_does_not_finish_its_first_words_is_let_go(
    monkeypatch: pytest.MonkeyPatch, words: bytes
) -> None:
    monkeypatch.setattr(wire, "HEAD_SECONDS", 0.05)

    assert asyncio.run(served([words])) == [b"", b""]


def test_a_client_that_is_answered_may_ask_again_and_is_then_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "HEAD_SECONDS", 0.2)
    request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    first, second, rest = asyncio.run(served([request, request]))

    assert first.startswith(b"HTTP/1.1 200")
    assert second.endswith(b"HTTP/1.1 200 OK\r\n")
    assert rest == b"hi"


def test_the_memory_is_shut_and_many_connections_are_allowed() -> None:
    script = (
        "import ctypes, resource\n"
        "from nearer.server.process import allow_many_connections, shut_memory\n"
        "shut_memory(); allow_many_connections()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0),"
        " resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )

    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    assert said.stdout.split() == ["0", "0" if sys.platform == "linux" else "-1", str(most)]
