"""Somebody leaves: both open pages of the space stop hearing from it, at once."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlsplit

from bench.people import Person
from bench.streams import SEQ
from drills.crowd import Crowd, Pair
from drills.figures import Figure, Ground, at_most, exactly, time_of, told

MOST_SECONDS, PATIENCE = 2, 30
# The last chunk of an answer, or a connection that is closed.
ENDS = (b"0\r\n", b"")


def drill(ground: Ground) -> list[Figure]:
    """Let one of two leave while both watch a sitting, again and again."""
    times = ground.size(short=2, long=50)
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        waits = [wait for number in range(times) for wait in asyncio.run(_parted(crowd.pair(number), number))]
    slowest = round(max(waits) * 1000)
    return [
        told("times somebody left, and pages that watched", f"{times}, {len(waits)}"),
        exactly("pages that went on hearing", sum(wait >= PATIENCE for wait in waits), 0),
        time_of(at_most("the slowest of them ended after", slowest, MOST_SECONDS * 1000, " ms")),
    ]


async def _parted(pair: Pair, number: int) -> list[float]:
    """Let one of the two leave; return after how many seconds each one's page heard nothing more."""
    path, people = pair.sit_down(), (pair.host, pair.guest)
    leaver = people[number % 2]
    form = leaver.page("/spaces").form(action="/space")
    opened = [asyncio.Event() for _ in people]
    watching = [
        asyncio.create_task(_watch(person, path, event)) for person, event in zip(people, opened, strict=True)
    ]
    await asyncio.gather(*(event.wait() for event in opened))
    begun = time.monotonic()
    answer = await asyncio.to_thread(leaver.client.post, form.action, data=form.fields)
    answer.raise_for_status()
    return [ended - begun for ended in await asyncio.gather(*watching)]


async def _watch(person: Person, path: str, opened: asyncio.Event) -> float:
    """Follow a sitting's stream to its end; return when that was."""
    address = urlsplit(str(person.client.base_url))
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    head = f"GET /live/{path.rpartition('/')[2]} HTTP/1.1\r\nHost: {address.netloc}\r\n"
    writer.write(f"{head}Cookie: {person.cookies}\r\n\r\n".encode())
    try:
        async with asyncio.timeout(PATIENCE):
            while (line := await reader.readline()) not in ENDS:
                if SEQ.search(line):
                    opened.set()
    except TimeoutError:
        opened.set()
    finally:
        writer.close()
    return time.monotonic()
