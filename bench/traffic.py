"""A client light enough that the server is what is measured: kept connections, one request after another."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Load:
    """What a stretch of requests took.

    Attributes:
        rate: requests a second.
        times: seconds each took, sorted.
    """

    rate: float
    times: list[float]

    def ms(self, share: float) -> float:
        """Return the time within which this share of requests was answered, in milliseconds."""
        return self.times[min(int(len(self.times) * share), len(self.times) - 1)] * 1000


def get(path: str, cookies: str) -> bytes:
    """Return the bytes of a request."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nAccept-Language: en\r\n\r\n"
    ).encode()


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    """Send one request and read the whole answer.

    Returns:
        The status.
    """
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = LENGTH.search(head)
    if length is not None:
        await reader.readexactly(int(length[1]))
    return int(head.split(b" ", 2)[1])


async def _one_after_another(port: int, request: bytes, until: float, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (begun := time.perf_counter()) < until:
        status = await ask(reader, writer, request)
        if status != 200:  # noqa: PLR2004 -- anything else measures something else.
            raise RuntimeError(f"answered {status}")
        times.append(time.perf_counter() - begun)
    writer.close()


async def load(port: int, request: bytes, *, connections: int, seconds: float) -> Load:
    """Ask the same again and again.

    Args:
        port: the server's.
        request: its bytes.
        connections: how many ask at the same time.
        seconds: for how long.
    """
    times: list[float] = []
    begun = time.perf_counter()
    until = begun + seconds
    await asyncio.gather(*[_one_after_another(port, request, until, times) for _ in range(connections)])
    return Load(rate=len(times) / (time.perf_counter() - begun), times=sorted(times))
