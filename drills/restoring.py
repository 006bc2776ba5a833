"""A backup of a living copy: restored under its feet, cut off in the middle, moved to PostgreSQL and back."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from drills.crowd import PASSPHRASE, Crowd, Pair, Person
from drills.erasure import talk
from drills.figures import Figure, Ground, at_least, exactly, time_of, told
from drills.opening import Found, Reader
from drills.rows import KEYS, RECORDS, Stores
from nearer.testing.postgres import Cluster
from nearer.testing.server import Copy

KIND = "Back in a minute"
VARIABLES = ("NEARER_DATABASE_URL", "NEARER_KEYS_DATABASE_URL")


def drill(ground: Ground) -> list[Figure]:
    """Back up while people write, let some leave, restore, and open everything as its people do."""
    pairs = ground.size(short=2, long=8)
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        leaving, staying = crowd.pair(0), [crowd.pair(number) for number in range(1, pairs)]
        for pair in (leaving, *staying):
            talk(pair)
        key = copy.data.parent / "key.txt"
        copy.run("backup", "--new-key", str(key))
        with _writing(staying[0]):
            told_of = copy.run("backup", "--verify")
        records = _file(copy, told_of)
        was_open = _opened(copy, leaving)
        _leave(leaving)
        with _looking(copy) as seen:
            copy.run("restore", records, "--key", str(key))
        erased, living = _opened(copy, leaving), [_opened(copy, pair) for pair in staying]
        restored = [
            exactly(
                "rows of the tested backup that cannot open", re.findall(r"(\d+) cannot open", told_of), ["0"]
            ),
            at_least("moves of the two who leave that opened before", was_open.counts["entry"], 5),
            exactly("of them that open after it was restored", erased.counts["entry"], 0),
            at_least("moves of the others that open then", min(found.counts["entry"] for found in living), 5),
            exactly("things of theirs that do not open", sum(len(found.shut) for found in living), 0),
            exactly("answers meanwhile that were neither a page nor the kind one", seen["else"], 0),
            exactly("whether they log in again, and go on", all(map(_goes_on, staying)), asked=True),
        ]
        cut_off = _cut_off(copy, records, key, staying) if ground.is_long else []
        moved = _moved(copy, staying, key) if ground.is_long else []
    return [told("pairs", pairs), *restored, *cut_off, *moved]


def _cut_off(copy: Copy, records: str, key: Path, staying: list[Pair]) -> list[Figure]:
    """Kill a restore at one moment after the other; each time all is as before, or all as in the backup."""
    halves = shut = ends = 0
    marks, of_backup = [pair.host.name for pair in staying], _sums(copy) | {"vault_sealedsession": 0}
    for step in range(12):
        with Person(copy.url, f"since{step}") as newcomer:
            newcomer.sign_up()
        whole = _sums(copy)
        command = [*copy.program, "restore", records, "--key", str(key)]
        begun = subprocess.Popen(
            command, env=copy.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _wait_for_work(copy)
        time.sleep(step * 0.15)
        begun.send_signal(signal.SIGKILL)
        ends += begun.wait() == -signal.SIGKILL
        halves += _sums(copy) not in (whole, of_backup)
        shut += sum(len(Reader(Stores.of(copy), name, PASSPHRASE).everything().shut) for name in marks)
    again = copy.run("backup", "--verify")
    left = (copy.data / "backing-up").exists()
    return [
        at_least("restores that were killed in the middle", ends, 6),
        exactly("copies that were half one thing and half the other", halves, 0),
        exactly("things that did not open after that", shut, 0),
        exactly(
            "whether the next backup is made, and nothing lies about",
            ("Stored" in again, left),
            (True, False),
        ),
    ]


def _moved(copy: Copy, staying: list[Pair], key: Path) -> list[Figure]:
    """Move to the other kind of database and back, while people come by."""
    figures, begun = [], time.monotonic()
    cluster = Cluster.start(lasting=True)
    there = {VARIABLES[0]: f"{cluster.url}/nearer", VARIABLES[1]: f"{cluster.url}/keys"}
    home = {
        name: f"sqlite:///{copy.data}/{file}" for name, file in zip(VARIABLES, (RECORDS, KEYS), strict=True)
    }
    for name, to in (("there", there), ("back", home)):
        before = _sums(copy)
        with _looking(copy) as seen:
            said = copy.run("move", "--records", to[VARIABLES[0]], "--keys", to[VARIABLES[1]])
            late = httpx.get(f"{copy.url}/help")
        copy.stop()
        old = [*copy.program, "serve"]
        refused = subprocess.run(old, env=copy.environment, capture_output=True, check=False, text=True)
        copy.databases.clear()
        copy.databases.update(to)
        copy.start()
        figures += [
            exactly(f"{name}: whether every row is the same", _sums(copy) == before, asked=True),
            exactly(
                f"{name}: what it said",
                re.sub(r"\d+", "N", said.splitlines()[0]),
                "Moved: N rows, each compared.",
            ),
            exactly(f"{name}: answers that were neither a page nor the kind one", seen["else"], 0),
            exactly(
                f"{name}: what the old one says after it", (late.status_code, KIND in late.text), (503, True)
            ),
            exactly(f"{name}: whether it starts there again", "has moved" not in refused.stderr, asked=False),
            exactly(f"{name}: whether people log in and go on", all(map(_goes_on, staying)), asked=True),
            exactly(f"{name}: what does not open", sum(len(_opened(copy, pair).shut) for pair in staying), 0),
            *_restored_there(name, copy, key, staying),
        ]
    copy.stop()
    cluster.stop()
    return [*figures, time_of(told("both moves and all looking took", f"{time.monotonic() - begun:.0f} s"))]


def _restored_there(name: str, copy: Copy, key: Path, staying: list[Pair]) -> list[Figure]:
    """Back up and restore once more, in the kind of database where the copy is now."""
    before = _sums(copy)
    with _writing(staying[0]):
        made = copy.run("backup", "--verify")
    with _looking(copy) as seen:
        copy.run("restore", _file(copy, made), "--key", str(key))
    after = _sums(copy) | {"vault_sealedsession": before["vault_sealedsession"]}
    return [
        exactly(f"{name}: whether a backup brings every row back", after == before, asked=True),
        exactly(f"{name}: answers meanwhile that were something else", seen["else"], 0),
        exactly(f"{name}: whether people go on after it", all(map(_goes_on, staying)), asked=True),
    ]


def _file(copy: Copy, made: str) -> str:
    """Return the file of the records, by what the command said."""
    return str(copy.data / "backups" / "records" / made.split()[1])


@contextmanager
def _writing(pair: Pair) -> Iterator[None]:
    """Let somebody go on writing while the block runs."""
    ended = threading.Event()

    def write() -> None:
        for number in range(1000):
            pair.host.send("/settings", name=f"Called {number}")
            if ended.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        ended.set()
        writer.join()


@contextmanager
def _looking(copy: Copy) -> Iterator[dict[str, int]]:
    """Let somebody come by again and again while the block runs; count what they get."""
    ended, seen = threading.Event(), {"page": 0, "kind": 0, "else": 0}

    def look() -> None:
        with httpx.Client(base_url=copy.url) as client:
            while not ended.wait(0.02):
                answer = client.get("/login")
                kind = answer.status_code == 503 and KIND in answer.text
                seen["page" if answer.status_code == 200 else "kind" if kind else "else"] += 1

    looker = threading.Thread(target=look)
    looker.start()
    try:
        yield seen
    finally:
        ended.set()
        looker.join()


def _leave(pair: Pair) -> None:
    for person in (pair.host, pair.guest):
        bond = re.search(r"/b/[0-9a-f-]{36}/space", person.see("/us").text)
        assert bond, "there is no way to leave"
        person.send(bond[0])


def _goes_on(pair: Pair) -> bool:
    for person in (pair.host, pair.guest):
        person.client.cookies.clear()
        answer = person.send("/login", username=person.name, passphrase=PASSPHRASE)
        if answer.status_code >= 400 or person.client.get("/us").status_code != 200:
            return False
    return True


def _opened(copy: Copy, pair: Pair) -> Found:
    return Reader(Stores.of(copy), pair.host.name, PASSPHRASE).everything()


def _sums(copy: Copy) -> dict[str, int]:
    """Return how many rows each table of people's has."""
    stores = Stores.of(copy)
    return {table: stores.records.count(table) for table in stores.records.tables()}


def _wait_for_work(copy: Copy) -> None:
    until = time.monotonic() + 30
    while not (copy.data / "backing-up" / "records").exists() and time.monotonic() < until:
        time.sleep(0.005)
    os.sync()
