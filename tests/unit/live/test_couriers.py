"""Several processes hear each other, and hear again after an interruption."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from nearer.live import couriers
from nearer.live.couriers import Courier, PostgresCourier, ValkeyCourier, keep_listening
from nearer.live.hub import Hub, choose_courier
from tests.unit.waiting import until


def tell_from_a_page_thread(hub: Hub, ref: UUID) -> None:
    hub.pass_on(ref, "8")
    connections.close_all()


async def two_processes(make: Callable[[], Courier], ref: UUID) -> None:
    here, there = Hub(make()), Hub(make())
    for hub in (here, there):
        hub.open()
    mailboxes = [here.join(ref), there.join(ref)]
    # A courier that has begun to listen says so by casting doubt on what was heard before.
    await until(lambda: all(mailbox.doubted for mailbox in mailboxes))

    await asyncio.to_thread(tell_from_a_page_thread, here, ref)
    await until(lambda: [mailbox.seq for mailbox in mailboxes] == [8, 8])

    for hub in (here, there):
        await hub.close()


@pytest.mark.django_db(transaction=True)
def test_the_database_carries_notes_where_it_can(ref: UUID) -> None:
    if connections["default"].vendor == "postgresql":
        asyncio.run(two_processes(PostgresCourier, ref))
    else:
        assert choose_courier() is None


def test_a_valkey_server_carries_notes(ref: UUID) -> None:
    async def story() -> None:
        server = await asyncio.start_server(Postbox().serve, "127.0.0.1", 0)
        url = f"valkey://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        here, there = ValkeyCourier(url), ValkeyCourier(url)
        await two_processes(iter([here, there]).__next__, ref)
        here._client.close()  # type: ignore[no-untyped-call]
        server.close()
        await server.wait_closed()

    asyncio.run(story())


class Channel:
    """A subscription: what is read from it in turn, None for a silence."""

    def __init__(self, *told: dict[str, Any] | None) -> None:
        self.told, self.asked = list(told), 0

    async def get_message(self, *, timeout: float) -> dict[str, Any] | None:  # noqa: ASYNC109 - as the library has it
        """Give what comes next."""
        assert timeout
        return self.told.pop(0)

    async def ping(self) -> None:
        """Ask whether anybody is there."""
        self.asked += 1


def test_a_silent_valkey_server_is_asked_and_stays_one_is_connected_to() -> None:
    note = {"type": "message", "data": b"a note"}
    channel = Channel({"type": "subscribe"}, None, {"type": "pong"}, None, note, None, None)
    heard: list[str] = []

    async def story() -> None:
        async for each in ValkeyCourier("valkey://127.0.0.1:1")._payloads(channel):
            heard.append(each)  # noqa: PERF401 - it ends with an error

    with pytest.raises(TimeoutError):
        asyncio.run(story())

    assert heard == ["a note"]
    assert channel.asked == 3


def test_the_settings_choose_valkey_first(settings: Any) -> None:
    settings.CONFIG = SimpleNamespace(valkey_url="valkey://127.0.0.1:1")

    assert isinstance(choose_courier(), ValkeyCourier)


def test_an_interruption_is_survived_and_made_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(couriers, "FIRST_WAIT", 0.001)
    heard: list[str] = []
    gaps: list[int] = []

    @asynccontextmanager
    async def breaking() -> AsyncIterator[AsyncIterator[str]]:
        async def notes() -> AsyncIterator[str]:
            yield f"note {len(gaps)}"
            raise ConnectionError

        yield notes()

    async def story() -> None:
        listening = asyncio.create_task(keep_listening(breaking, heard.append, lambda: gaps.append(1)))
        await until(lambda: len(heard) >= 2)
        listening.cancel()

    asyncio.run(story())

    assert heard[:2] == ["note 1", "note 2"]


class Postbox:
    """As much of a Valkey server as two clients need: SUBSCRIBE, PUBLISH, PING, and OK to all else."""

    def __init__(self) -> None:
        self.readers: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until it closes."""
        try:
            while command := await self._command(reader):
                writer.write(self._answer(command, writer))
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _command(self, reader: asyncio.StreamReader) -> list[bytes]:
        count = (await reader.readline())[1:]
        words = []
        for _ in range(int(count or 0)):
            size = int((await reader.readline())[1:])
            words.append((await reader.readexactly(size + 2))[:-2])
        return words

    def _answer(self, command: list[bytes], writer: asyncio.StreamWriter) -> bytes:
        match command:
            case [b"SUBSCRIBE", channel]:
                self.readers.append(writer)
                return b"*3\r\n$9\r\nsubscribe\r\n" + bulk(channel) + b":1\r\n"
            case [b"PUBLISH", channel, note]:
                for each in self.readers:
                    each.write(b"*3\r\n$7\r\nmessage\r\n" + bulk(channel) + bulk(note))
                return b":%d\r\n" % len(self.readers)
            case [b"PING"]:
                return b"+PONG\r\n"
            case _:
                return b"+OK\r\n"


def bulk(word: bytes) -> bytes:
    return b"$%d\r\n%s\r\n" % (len(word), word)
