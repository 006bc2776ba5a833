"""Live: what an idle stream costs, and how soon a stored move reaches the other person."""

from __future__ import annotations

import asyncio
import contextlib
import re
import resource
import time
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from bench.people import Pair, Person
from bench.seeding import seed
from bench.server import Server
from bench.traffic import ask

SEQ = re.compile(rb'data: \{"seq": (\d+)\}')
SPARE_FILES = 200
# Long enough that every stream has been looked at by the gate once.
IDLE_SECONDS = 16.0


@dataclass(frozen=True, kw_only=True)
class Idle:
    """The table of streams on which nothing happens."""

    streams: int
    kb_per_stream: float
    memory_mb: float
    threads: int
    opened_per_s: int
    idle_cpu_percent: float


@dataclass(frozen=True, kw_only=True)
class Moves:
    """The table of stored moves: from sending one to the other person's notice, and to the mover's new page."""

    moves: int
    moves_per_s: float
    moves_cpu_ms: float
    delay_p50_ms: float
    delay_p99_ms: float
    answer_p50_ms: float
    answer_p99_ms: float


class Stream:
    """One open stream and the last number it heard."""

    def __init__(self) -> None:
        self.heard: dict[int, float] = {}
        self.opened = asyncio.Event()

    async def follow(self, port: int, ref: str, cookies: str) -> None:
        """Open it and listen until cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4096)
        request = f"GET /live/{ref} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n\r\n"
        try:
            writer.write(request.encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head:
                raise RuntimeError(head.split(b"\r\n", 1)[0].decode())
            while line := await reader.readline():
                if found := SEQ.search(line):
                    self.heard.setdefault(int(found[1]), time.perf_counter())
                    self.opened.set()
        finally:
            writer.close()


def bounded(wanted: int) -> int:
    """Return how many streams the system's limit on open files allows, after raising it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return min(wanted, most - SPARE_FILES)


async def measure(
    server: Server, pairs: list[Pair], *, streams: int, per_second: int, seconds: float
) -> dict[str, float]:
    """Open idle streams, wait, then move in all sittings at once while they stay open.

    Args:
        server: who answers.
        pairs: who sits, each in a sitting of their own; nothing happens in the last one, and there the
            idle streams are open.
        streams: how many idle streams.
        per_second: moves a second, over all pairs.
        seconds: for how long they move.
    """
    *tables, still = [Table(pair, server.port) for pair in pairs]
    bare = server.memory()
    cookies = [
        f"s={token}" for token in seed(server, still.pair.guest.client.cookies["s"], "sessions", streams)
    ]
    opening = time.perf_counter()
    idle, tasks = await _open_idle(still, cookies)
    opened_in = time.perf_counter() - opening
    cpu = server.cpu()
    await asyncio.sleep(IDLE_SECONDS)
    idle_cpu = (server.cpu() - cpu) / IDLE_SECONDS
    full = server.memory()
    moved = await _move(server, tables, per_second=per_second, seconds=seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    idle_table = Idle(
        streams=len(idle),
        kb_per_stream=round((full - bare) / len(idle), 1),
        memory_mb=round(full / 1024, 1),
        threads=server.threads(),
        opened_per_s=round(len(idle) / opened_in),
        idle_cpu_percent=round(idle_cpu * 100, 1),
    )
    return asdict(idle_table) | asdict(moved)


async def _open_idle(table: Table, cookies: list[str]) -> tuple[list[Stream], list[asyncio.Task[None]]]:
    streams, tasks = [], []
    for number, whose in enumerate(cookies):
        stream = Stream()
        streams.append(stream)
        tasks.append(asyncio.create_task(stream.follow(table.port, table.ref, whose)))
        # The gate admits newcomers in turn: as many as it would turn away are not sent at once.
        if number % 50 == 49:  # noqa: PLR2004
            await _opened(streams[-50:], tasks)
    await _opened(streams, tasks)
    return streams, tasks


async def _opened(streams: list[Stream], tasks: list[asyncio.Task[None]]) -> None:
    async with asyncio.timeout(60):
        for stream in streams:
            await stream.opened.wait()
    for task in tasks:
        if task.done():
            task.result()


class Table:
    """A sitting in which the host pauses and goes on, again and again, and the guest listens.

    Args:
        pair: who sits.
        port: the server's.
        path: of the sitting; without one they begin one.
    """

    def __init__(self, pair: Pair, port: int, path: str = "") -> None:
        self.pair, self.port = pair, port
        self.path = path or pair.sit_down()
        self.ref = self.path.rpartition("/")[2]
        page = pair.host.page(self.path)
        self.seq = int(page.main["data-seq"])
        self.token = page.form(move="Pause").fields["csrfmiddlewaretoken"]
        self.sent: dict[int, float] = {}
        self.answers: list[float] = []

    async def move_until(self, until: float, every: float, wait: float) -> None:
        """Make a move at each beat until the time is over."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        due = time.perf_counter() + wait
        paused = False
        while due < until:
            await asyncio.sleep(max(0, due - time.perf_counter()))
            begun = time.perf_counter()
            self.sent[self.seq + 1] = begun
            if await ask(reader, writer, self._request("Resume" if paused else "Pause")) != 200:  # noqa: PLR2004
                raise RuntimeError("a move was refused")
            self.answers.append(time.perf_counter() - begun)
            self.seq, paused, due = self.seq + 1, not paused, due + every
        writer.close()

    def _request(self, move: str) -> bytes:
        fields = {"csrfmiddlewaretoken": self.token, "move": move, "seq": str(self.seq)}
        body = urlencode(fields)
        return (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.pair.host.cookies}\r\n"
            f"X-Fragment: stage\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


async def _move(server: Server, tables: list[Table], *, per_second: int, seconds: float) -> Moves:
    listening = [Stream() for _ in tables]
    tasks = [
        asyncio.create_task(stream.follow(server.port, table.ref, table.pair.guest.cookies))
        for stream, table in zip(listening, tables, strict=True)
    ]
    await _opened(listening, tasks)
    every, cpu, begun = len(tables) / per_second, server.cpu(), time.perf_counter()
    until = begun + seconds
    await asyncio.gather(
        *[table.move_until(until, every, number / per_second) for number, table in enumerate(tables)]
    )
    took, used = time.perf_counter() - begun, server.cpu() - cpu
    delays = sorted(
        [d for stream, table in zip(listening, tables, strict=True) for d in await _delays(stream, table)]
    )
    for task in tasks:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    answers = sorted(answer for table in tables for answer in table.answers)
    return Moves(
        moves=len(delays),
        moves_per_s=round(len(delays) / took, 1),
        moves_cpu_ms=round(used * 1000 / len(delays), 2),
        delay_p50_ms=_ms(delays, 0.5),
        delay_p99_ms=_ms(delays, 0.99),
        answer_p50_ms=_ms(answers, 0.5),
        answer_p99_ms=_ms(answers, 0.99),
    )


async def _delays(stream: Stream, table: Table) -> list[float]:
    async with asyncio.timeout(5):
        while table.seq not in stream.heard:  # noqa: ASYNC110 -- waits once, at the end.
            await asyncio.sleep(0.01)
    # Two moves in quick succession may be told as one: the first is then heard with the second.
    heard = sorted(stream.heard.items())
    return [next(at for seq, at in heard if seq >= made) - begun for made, begun in table.sent.items()]


def _ms(values: list[float], share: float) -> float:
    return round(values[min(int(len(values) * share), len(values) - 1)] * 1000, 1)


def people_of(pairs: list[Pair]) -> list[Person]:
    """Return everybody."""
    return [person for pair in pairs for person in (pair.host, pair.guest)]
