"""Reads a request's body into memory, whole and bounded, before any thread is taken for it.

Nothing is ever spooled to a file: a body holds private words.
"""

from __future__ import annotations

import asyncio

from nearer.live.messages import Receive, Scope, header_values

SMALL = 64 * 1024


class TooLarge(Exception):
    """The body is over the limit."""


class TooSlow(Exception):
    """The body did not arrive in time."""


class TooMuchAtOnce(Exception):
    """Other bodies fill the memory set aside for them."""


class ClientGone(Exception):
    """The client left before its request was complete."""


class Bodies:
    """Reads bodies within one bound each and one bound together.

    Args:
        limit: most bytes of one body.
        together: most bytes of all bodies being read or answered, the small ones not counted.
        seconds: how long one body may take to arrive.
    """

    def __init__(self, *, limit: int, together: int, seconds: float) -> None:
        self._limit = limit
        self._left = together
        self._seconds = seconds

    async def read(self, scope: Scope, receive: Receive) -> bytes:
        """Return the whole body; give it back with `release` when it is answered.

        Raises:
            TooLarge, TooSlow, TooMuchAtOnce, ClientGone: the body is not there.
        """
        if not _has_body(scope):
            return b""
        if declared(scope) > self._limit:
            raise TooLarge
        parts: list[bytes] = []
        try:
            async with asyncio.timeout(self._seconds):
                await self._gather(receive, parts)
        except BaseException as problem:
            self._left += _counted(sum(map(len, parts)))
            if isinstance(problem, TimeoutError):
                raise TooSlow from problem
            raise
        return b"".join(parts)

    def release(self, body: bytes) -> None:
        """Give back the room of an answered body."""
        self._left += _counted(len(body))

    async def _gather(self, receive: Receive, parts: list[bytes]) -> None:
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            part = message.get("body", b"")
            more = message.get("more_body", False)
            grown = size + len(part)
            if grown > self._limit:
                raise TooLarge
            self._take(_counted(grown) - _counted(size))
            parts.append(part)
            size = grown

    def _take(self, size: int) -> None:
        if size > self._left:
            raise TooMuchAtOnce
        self._left -= size


def _counted(size: int) -> int:
    return size if size > SMALL else 0


def _has_body(scope: Scope) -> bool:
    names = {name for name, _ in scope["headers"]}
    return b"content-length" in names or b"transfer-encoding" in names


def declared(scope: Scope) -> int:
    """Return how long a body is by its own word; 0 where it does not say."""
    # The server below has already refused lengths that are no numbers or disagree.
    lengths = [int(value) for value in header_values(scope, b"content-length") if value.isdigit()]
    return max(lengths, default=0)
