"""PostgreSQL killed under load: what was acknowledged is there, and the copy goes on without a new start."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import httpx

from drills.crowd import PASSPHRASE, Crowd, Pair, Person, Writer
from drills.figures import Figure, Ground, at_least, exactly, told
from drills.opening import Reader
from drills.rows import Stores
from drills.waiting import wait_until
from nearer.testing.postgres import Cluster

PATIENCE = 60


def drill(ground: Ground) -> list[Figure]:
    """Kill PostgreSQL again and again while two people write, and look for what had been acknowledged."""
    times, chance = ground.size(short=1, long=30), random.Random(4)
    with _lasting() as clusters, ground.serving() as copy, Crowd(copy.url) as crowd:
        evening, stores = Evening(crowd.pair(1)), Stores.of(copy)
        for _ in range(times):
            evening.write(chance.randint(2, 20), clusters)
            clusters.append(clusters.pop().again())
            evening.look(stores, copy.url)
        found = [Reader(stores, person.name, PASSPHRASE).everything() for person in evening.people]
    return [
        told("kills of PostgreSQL with all its processes", times),
        at_least("writes acknowledged", evening.acknowledged, times * 2),
        exactly("acknowledged and lost", evening.lost, 0),
        exactly("there although nobody sent it", evening.too_many, 0),
        exactly("answers meanwhile that were not the kind page", evening.unkind, 0),
        exactly("sealed things that do not open", sum(len(each.shut) for each in found), 0),
    ]


@contextmanager
def _lasting() -> Iterator[list[Cluster]]:
    """Serve a PostgreSQL that keeps what it acknowledges, and name it to whoever makes databases meanwhile."""
    clusters, before = [Cluster.start(lasting=True)], os.environ.get("NEARER_DATABASE_URL")
    os.environ["NEARER_DATABASE_URL"] = f"{clusters[0].url}/nearer"
    try:
        yield clusters
    finally:
        if before is None:
            del os.environ["NEARER_DATABASE_URL"]
        else:
            os.environ["NEARER_DATABASE_URL"] = before
        clusters[0].stop()


class Evening:
    """Two people in a sitting; the host moves, the guest goes by another name each time.

    Args:
        pair: the two.
    """

    def __init__(self, pair: Pair) -> None:
        self.pair, self.path = pair, pair.sit_down()
        self.people = (pair.host, pair.guest)
        self.numbers = [count(), count()]
        self.acknowledged = self.moves = self.sent = self.lost = self.too_many = self.unkind = 0
        self.name = -1

    def write(self, least: int, clusters: list[Cluster]) -> None:
        """Let both write until so much has been acknowledged; then PostgreSQL goes."""
        mover, namer = writers = [
            Writer(how, self.numbers[n]) for n, how in enumerate((self._move, self._name))
        ]
        for writer in writers:
            writer.start()
        wait_until(
            lambda: sum(len(each.acknowledged) for each in writers) >= least,
            within=PATIENCE, look_every=0.002,
        )  # fmt: skip
        clusters[0].kill()
        self.moves += len(mover.done().acknowledged)
        self.sent += len(mover.acknowledged) + 1
        self.name = max([self.name, *namer.done().acknowledged])
        self.acknowledged += len(mover.acknowledged) + len(namer.acknowledged)

    def look(self, stores: Stores, url: str) -> None:
        """Wait until the copy serves again, and compare."""
        wait_until(lambda: httpx.get(f"{url}/readyz").status_code == httpx.codes.OK, within=PATIENCE)
        made = stores.records.count("sittings_entry") - 2
        self.lost += made < self.moves
        self.too_many += made > self.sent
        shown = self.pair.guest.page("/settings").form().fields["name"]
        if shown.startswith("Called "):
            self.lost += int(shown.removeprefix("Called ")) < self.name

    def _move(self, number: int) -> None:
        page = self._asked(self.pair.host, "GET", self.path)
        move = "Resume" if 'data-move="Resume"' in page.text else "Pause"
        self._send(self.pair.host, self.path, move=move)

    def _name(self, number: int) -> None:
        self._send(self.pair.guest, "/settings", name=f"Called {number}")

    def _send(self, person: Person, path: str, *, move: str = "", **fields: str) -> None:
        try:
            person.send(path, move=move, **fields)
        except httpx.HTTPStatusError as refused:
            self._gone(refused.response)

    def _asked(self, person: Person, method: str, path: str) -> httpx.Response:
        answer = person.client.request(method, path)
        if answer.status_code >= 500:
            self._gone(answer)
        return answer

    def _gone(self, answer: httpx.Response) -> None:
        """Note how a write was refused, and end this writer as the end of the server would.

        Raises:
            TransportError: always.
        """
        self.unkind += answer.status_code != 503
        raise httpx.TransportError(str(answer.status_code))
