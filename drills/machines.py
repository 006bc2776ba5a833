"""Two processes on one PostgreSQL, and whichever of all these is killed in the middle of a turn: what was acknowledged is there, and both people go on.

The host is at the first process, the guest listens at the second. What carries news between them is PostgreSQL, and in a second
evening Valkey, or Redis, where one of them is installed.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from threading import Event
from urllib.parse import urlsplit

import httpx

from bench.streams import SEQ
from drills.crowd import PASSPHRASE, Crowd, Person, Writer
from drills.figures import Figure, Ground, at_least, at_most, exactly, time_of, told
from drills.opening import Reader
from drills.rows import Stores
from drills.waiting import wait_until
from nearer.testing.postgres import Cluster
from nearer.testing.server import Copy, free_port

PATIENCE = 60
MORE = 2  # moves that are made while something is away
TIMED = 3  # moves, once all is back
SOON = 2.0  # seconds; without notices a stream hears of a move within fifteen
STORES = ("valkey-server", "redis-server")


def drill(ground: Ground) -> list[Figure]:
    """Hold an evening with each thing that carries news, and add up what was found."""
    program = next(filter(None, map(shutil.which, STORES)), None)
    carriers = ["postgresql", *(["valkey"] if program and ground.is_long else [])]
    evenings = []
    with _lasting() as database:
        for carrier in carriers:
            with _two(ground, carrier, program) as (copies, away), Crowd(copies[0].url) as crowd:
                evening = Evening(crowd, copies)
                chance, victims = random.Random(4), [(DATABASE, database.kill, database.start), *away]
                # The short form kills the database and the process where somebody is writing.
                for victim, kill, again in victims * 10 if ground.is_long else victims[:2]:
                    evening.turn(victim, kill, again, least=chance.randint(2, 20))
                evening.open_all()
                evenings.append(evening)
    return [
        told("news carried by", ", ".join(carriers)),
        told("kills of a process, of PostgreSQL, of Valkey", sum(each.kills for each in evenings)),
        at_least("moves acknowledged", sum(each.acknowledged for each in evenings), 6),
        exactly("acknowledged and lost", sum(each.lost for each in evenings), 0),
        exactly("there although nobody sent it", sum(each.too_many for each in evenings), 0),
        exactly("answers meanwhile that were not the kind page", sum(each.unkind for each in evenings), 0),
        exactly("times somebody could not go on", sum(each.stuck for each in evenings), 0),
        exactly("moves afterwards that the other process did not hear of", sum(each.unheard for each in evenings), 0),
        time_of(at_most("seconds from a move to its being heard at the other process", _median(evenings), SOON)),
        exactly("sealed things that do not open", sum(each.shut for each in evenings), 0),
    ]  # fmt: skip


def _median(evenings: list[Evening]) -> float:
    delays = [delay for each in evenings for delay in each.delays]
    return round(median(delays), 3) if delays else PATIENCE


type Victim = tuple[str, Callable[[], None], Callable[[], None]]
FIRST, SECOND, DATABASE, CARRIER = "first", "second", "postgresql", "valkey"


class Database:
    """A PostgreSQL that keeps what it acknowledges."""

    def __init__(self) -> None:
        self.cluster = Cluster.start(lasting=True)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.cluster.kill()

    def start(self) -> None:
        """Serve what it kept."""
        self.cluster = self.cluster.again()


@contextmanager
def _lasting() -> Iterator[Database]:
    """Serve a PostgreSQL, and name it to whoever makes databases meanwhile."""
    database, before = Database(), os.environ.get("NEARER_DATABASE_URL")
    os.environ["NEARER_DATABASE_URL"] = f"{database.cluster.url}/nearer"
    try:
        yield database
    finally:
        if before is None:
            del os.environ["NEARER_DATABASE_URL"]
        else:
            os.environ["NEARER_DATABASE_URL"] = before
        database.cluster.stop()


@contextmanager
def _two(ground: Ground, carrier: str, program: str | None) -> Iterator[tuple[list[Copy], list[Victim]]]:
    """Serve two processes on the same databases, each with a folder of its own; return also what of it can be killed."""
    store = Store(program, free_port()) if program and carrier == CARRIER else None
    carried = {"NEARER_VALKEY_URL": f"valkey://127.0.0.1:{store.port}"} if store else {}
    first = ground.copy(f"one_{carrier}")
    first.databases |= carried
    second = Copy(
        data=first.data.parent / f"two_{carrier}",
        port=free_port(),
        databases=first.databases,
        module=first.module,
    )
    copies = [first, second]
    try:
        first.start()
        second.data.mkdir()
        for key in first.data.glob("*.key"):
            shutil.copy(key, second.data)
        second.start()
        victims = [(FIRST, first.kill, first.start), (SECOND, second.kill, second.start)]
        yield copies, [*victims, *([(CARRIER, store.kill, store.start)] if store else [])]
    finally:
        for copy in copies:
            copy.kill()
        if store:
            store.kill()


class Store:
    """A Valkey, or Redis, that keeps nothing.

    Args:
        program: which.
        port: where it listens.
    """

    def __init__(self, program: str, port: int) -> None:
        self.program, self.port = program, port
        self.start()

    def start(self) -> None:
        """Serve."""
        command = [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path("/"))

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()


class Evening:
    """Two people in a sitting, one at each process.

    Args:
        crowd: who else is there.
        copies: the two processes.
    """

    def __init__(self, crowd: Crowd, copies: list[Copy]) -> None:
        self.pair, self.copies, self.numbers = crowd.pair(1), copies, count()
        self.path = self.pair.sit_down()
        self.kills = self.acknowledged = self.sent = 0
        self.lost = self.too_many = self.unkind = self.stuck = self.unheard = self.shut = 0
        self.delays: list[float] = []
        self._enough = Event()
        self._at(self.pair.guest, 1)

    def turn(self, victim: str, kill: Callable[[], None], again: Callable[[], None], *, least: int) -> None:
        """Let the host move, kill something, let both go on beside it where they can, and bring it back."""
        self._enough.clear()
        writer = Writer(self._move, self.numbers)
        writer.start()
        wait_until(lambda: len(writer.acknowledged) >= least, within=PATIENCE, look_every=0.002)
        kill()
        self.kills += 1
        before = len(writer.acknowledged)
        if victim in {SECOND, CARRIER}:
            # Where the host is, nothing is missing.
            wait_until(lambda: len(writer.acknowledged) >= before + MORE, within=PATIENCE)
            self.stuck += len(writer.acknowledged) < before + MORE
        self._enough.set()
        self.acknowledged += len(writer.done().acknowledged)
        self.sent += len(writer.acknowledged) + 1
        if victim in {FIRST, SECOND}:
            self._go_on_elsewhere(victim)
        again()
        self._look()

    def open_all(self) -> None:
        """Open everything that the two have, from outside."""
        stores = Stores.of(self.copies[0])
        for person in (self.pair.host, self.pair.guest):
            self.shut += len(Reader(stores, person.name, PASSPHRASE).everything().shut)

    def _go_on_elsewhere(self, victim: str) -> None:
        """Whoever was at the one that is gone goes on at the other, as a proxy would have it."""
        person, there = (self.pair.host, 1) if victim == FIRST else (self.pair.guest, 0)
        self._at(person, there)
        try:
            self._play(self.pair.host)
            person.see(self.path)
        except httpx.HTTPError:
            self.stuck += 1
        self._at(person, 1 - there)

    def _look(self) -> None:
        """Wait until both serve again, compare what is there, and hear at the one what is done at the other."""
        for copy in self.copies:
            wait_until(lambda at=copy: _is_ready(at), within=PATIENCE)  # type: ignore[misc]
        made = Stores.of(self.copies[0]).records.count("sittings_entry") - 2
        self.lost += made < self.acknowledged
        self.too_many += made > self.sent
        self.unheard += not asyncio.run(self._hears())

    async def _hears(self) -> bool:
        """Say whether moves at the first process are told to whoever listens at the second, and note how soon."""
        address = urlsplit(self.copies[1].url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        head = f"GET /live/{self.path.rpartition('/')[2]} HTTP/1.1\r\nHost: {address.netloc}\r\n"
        writer.write(f"{head}Cookie: {self.pair.guest.cookies}\r\n\r\n".encode())
        try:
            async with asyncio.timeout(PATIENCE):
                told_so_far = await _number(reader, above=-1)
                # Until it is heard again, a stream looks by itself now and then: the first move may come by that.
                for which in range(1 + TIMED):
                    begun = time.monotonic()
                    await asyncio.to_thread(self._play, self.pair.host)
                    told_so_far = await _number(reader, above=told_so_far)
                    if which:
                        self.delays.append(time.monotonic() - begun)
        except (TimeoutError, EOFError):
            return False
        finally:
            writer.close()
        return True

    def _at(self, person: Person, there: int) -> None:
        person.client.base_url = self.copies[there].url

    def _move(self, number: int) -> None:
        if self._enough.is_set():
            raise httpx.TransportError("that is enough")
        try:
            self._send(self.pair.host)
        except httpx.HTTPStatusError as refused:
            self.unkind += refused.response.status_code != httpx.codes.SERVICE_UNAVAILABLE
            raise httpx.TransportError(str(refused)) from refused

    def _play(self, person: Person) -> None:
        """Make one move that is acknowledged."""
        self._send(person)
        self.acknowledged += 1
        self.sent += 1

    def _send(self, person: Person) -> None:
        move = "Resume" if 'data-move="Resume"' in person.see(self.path).text else "Pause"
        person.send(self.path, move=move)


async def _number(reader: asyncio.StreamReader, *, above: int) -> int:
    """Return the next number above this one that a stream tells.

    Raises:
        EOFError: it ended.
    """
    while line := await reader.readline():
        if (found := SEQ.search(line)) and int(found[1]) > above:
            return int(found[1])
    raise EOFError


def _is_ready(copy: Copy) -> bool:
    try:
        return httpx.get(f"{copy.url}/readyz").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
