"""A line that can die as lines do: without a word, with every connection still open."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

CHUNK = 65_536
A_STREAM = b"GET /live/"


class Flow:
    """One connection through the line."""

    def __init__(self) -> None:
        self.goes = asyncio.Event()
        self.is_stream = False

    async def carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Hand bytes on for as long as it goes."""
        with suppress(ConnectionError, asyncio.CancelledError):
            while some := await source.read(CHUNK):
                self.is_stream = self.is_stream or some.startswith(A_STREAM)
                await self.goes.wait()
                sink.write(some)
                await sink.drain()
        sink.close()


class Line:
    """A proxy on this machine.

    Args:
        port: where the copy listens.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._is_frozen = False
        self._flows: set[Flow] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def freeze(self) -> None:
        """Hold everything back in both directions, and close nothing."""
        self._do(self._set(frozen=True))

    def thaw(self) -> None:
        """Let everything flow again."""
        self._do(self._set(frozen=False))

    def silence_streams(self) -> None:
        """Hold back the streams that are open now, as a phone's sleep or a proxy's forgetting does; others may open."""
        self._do(self._silence())

    def close(self) -> None:
        """End it, with all connections."""
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do[T](self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _set(self, *, frozen: bool) -> None:
        self._is_frozen = frozen
        for flow in self._flows:
            if frozen:
                flow.goes.clear()
            else:
                flow.goes.set()

    async def _silence(self) -> None:
        for flow in self._flows:
            if flow.is_stream:
                flow.goes.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        flow = Flow()
        self._flows.add(flow)
        if not self._is_frozen:
            flow.goes.set()
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        for source, sink in ((reader, back), (there, writer)):
            task = asyncio.create_task(flow.carry(source, sink))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _end(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
