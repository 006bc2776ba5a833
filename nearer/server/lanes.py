"""Our bridge from ASGI to Django's WSGI handler: a fixed, small number of threads a lane.

Stock ASGI Django serves the same page at half the rate and takes a thread for each open stream. Two
page threads are as fast as four, since Python runs one at a time. Work that is slow on purpose, the
stretching of passphrases, has a lane of its own, so that a flood of log-ins leaves the pages alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

from nearer.live.messages import Headers, Receive
from nearer.server.environ import Environ

logger = logging.getLogger(__name__)

# `Any` is PEP 3333's exc_info and write callable, which we do not use further.
type StartResponse = Callable[..., Callable[[bytes], Any]]
type HeaderTexts = list[tuple[str, str]]
type Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]

BODILESS = {204, 304}


class LaneFull(Exception):
    """More requests wait than this lane may hold."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response.

    Attributes:
        status: the HTTP status.
        headers: ready to send, with a length.
        body: all of it; empty for HEAD.
    """

    status: int
    headers: Headers
    body: bytes


class Lane:
    """A pool of threads with a bounded queue.

    Args:
        app: the WSGI application.
        name: what its threads are called.
        threads: how many requests are answered at once.
        queue: how many more may wait.
        full: the status for whoever finds no room to wait.
    """

    def __init__(self, app: Wsgi, name: str, *, threads: int, queue: int, full: int = 503) -> None:
        self.full, self.name = full, name
        self._app = app
        self._threads = threads
        self._most = threads + queue
        self._inside = 0
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def answer(self, environ: Environ, receive: Receive) -> Answer | None:
        """Have one request answered.

        Args:
            environ: the request, body included.
            receive: tells when the client leaves; a request still waiting in the queue is then dropped.

        Returns:
            The response, or None when the client left before a thread was free.

        Raises:
            LaneFull: too many wait already.
        """
        if self._inside >= self._most:
            raise LaneFull
        has_thread = self._inside < self._threads
        self._inside += 1
        loop = asyncio.get_running_loop()
        # With the context of the request, in which the log finds its id.
        job = self._pool.submit(copy_context().run, answer_of, self._app, environ)
        job.add_done_callback(lambda _: loop.call_soon_threadsafe(self._step_out))
        if has_thread:
            return await asyncio.wrap_future(job)
        return await _unless_gone(job, receive)

    def close(self) -> None:
        """Finish what is being answered and take no more."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _step_out(self) -> None:
        self._inside -= 1


async def _unless_gone(job: Future[Answer], receive: Receive) -> Answer | None:
    leaving = asyncio.create_task(_until_gone(receive))
    working = asyncio.wrap_future(job)
    either: set[asyncio.Future[Any]] = {working, leaving}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        # A job that a thread has already taken runs to its end: a move is stored even if nobody sees the page.
        if not working.done() and job.cancel():
            return None
        return await working
    finally:
        leaving.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def answer_of(app: Wsgi, environ: Environ) -> Answer:
    """Run a WSGI application to its end; called in a lane's thread.

    Args:
        app: the application.
        environ: the request.

    Returns:
        The whole response.
    """
    begun: list[tuple[str, HeaderTexts]] = []
    parts: list[bytes] = []

    def start_response(status: str, headers: HeaderTexts, exc_info: object = None) -> Callable[[bytes], Any]:
        begun[:] = [(status, headers)]
        return parts.append

    result = app(environ, start_response)
    try:
        parts.extend(result)
    finally:
        # Django closes its database connections and files here.
        if (close := getattr(result, "close", None)) is not None:
            close()
    [(status, headers)] = begun
    return _whole(int(status.split(" ", 1)[0]), headers, b"".join(parts), environ["REQUEST_METHOD"])


def _whole(status: int, headers: HeaderTexts, body: bytes, method: str) -> Answer:
    ready = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    if status not in BODILESS and not any(name == b"content-length" for name, _ in ready):
        ready.append((b"content-length", str(len(body)).encode()))
    return Answer(status, ready, b"" if method == "HEAD" or status in BODILESS else body)
