"""Carry short notes between processes: "<sitting> <number>" and nothing more."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol

from django.db import connections

from nearer.config import ConfigError

if TYPE_CHECKING:
    from psycopg import AsyncConnection

logger = logging.getLogger(__name__)

CHANNEL = "nearer_live"
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
BEAT, ANSWERS = 30.0, 5.0


class Courier(Protocol):
    """One way between processes."""

    def tell(self, note: str) -> None:
        """Send a note to every process, this one included; from any thread, may raise."""

    async def listen(self, hear: Callable[[str], None], missed: Callable[[], None]) -> None:
        """Call `hear` with each note, for ever, and `missed` after each gap in hearing."""


type Notes = AsyncIterator[str]


async def keep_listening(
    connect: Callable[[], AbstractAsyncContextManager[Notes]],
    hear: Callable[[str], None],
    missed: Callable[[], None],
) -> None:
    """Hear notes over a connection that may break, coming back after ever longer waits.

    Args:
        connect: opens a connection and gives its notes.
        hear: told each note.
        missed: told after each connection that notes may have been lost before it.
    """
    wait = FIRST_WAIT
    while True:
        try:
            async with connect() as notes:
                wait = FIRST_WAIT
                missed()
                async for note in notes:
                    hear(note)
        except Exception as problem:  # noqa: BLE001 -- whatever breaks the line, it is tried again.
            logger.warning("Live notices from other processes are interrupted: %s", type(problem).__name__)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


class PostgresCourier:
    """LISTEN and NOTIFY on the database that holds the sittings."""

    def tell(self, note: str) -> None:
        """Notify on the caller's own connection: after commit it goes out at once."""
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, note])

    async def listen(self, hear: Callable[[str], None], missed: Callable[[], None]) -> None:
        """Listen on one connection of its own."""
        await keep_listening(self._notes, hear, missed)

    @asynccontextmanager
    async def _notes(self) -> AsyncIterator[Notes]:
        # Half a second at the start that a copy on SQLite need not spend.
        import psycopg

        # Django's own wrapper knows how to reach the database; its cursor and type choices are not needed here.
        params: dict[str, Any] = connections["default"].get_connection_params()
        for name in ("context", "cursor_factory", "prepare_threshold"):
            params.pop(name, None)
        async with await psycopg.AsyncConnection.connect(**params, autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            yield self._payloads(connection)

    async def _payloads(self, connection: AsyncConnection[Any]) -> Notes:
        while True:
            async for notice in connection.notifies(timeout=BEAT):
                yield notice.payload
            # A connection that died without a word shows itself here.
            await connection.execute("SELECT 1")


class ValkeyCourier:
    """Publish and subscribe on a Valkey or Redis server."""

    def __init__(self, url: str) -> None:
        # The client library is optional: it is needed only where this setting is used.
        try:
            import valkey
        except ImportError as missing:
            raise ConfigError("NEARER_VALKEY_URL needs one more package: pip install valkey.") from missing

        self._url = url
        self._client = valkey.Valkey.from_url(url, socket_timeout=2)

    def tell(self, note: str) -> None:
        """Publish the note."""
        self._client.publish(CHANNEL, note)

    async def listen(self, hear: Callable[[str], None], missed: Callable[[], None]) -> None:
        """Subscribe on one connection of its own."""
        await keep_listening(self._notes, hear, missed)

    @asynccontextmanager
    async def _notes(self) -> AsyncIterator[Notes]:
        from valkey.asyncio import Valkey

        async with Valkey.from_url(self._url) as client, client.pubsub() as channel:
            await channel.subscribe(CHANNEL)
            yield self._payloads(channel)

    async def _payloads(self, channel: Any) -> Notes:  # Any: the optional library need not be installed.
        while True:
            # To say nothing for long is no fault; only who does not answer either is gone.
            message = await channel.get_message(timeout=BEAT)
            if message is None:
                await channel.ping()
                message = await channel.get_message(timeout=ANSWERS)
            if message is None:
                raise TimeoutError
            if message["type"] == "message":
                yield message["data"].decode()
