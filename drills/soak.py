"""A long evening of many pairs: no failure, and neither memory nor open files grow."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from drills.crowd import Crowd, Pair
from drills.figures import Figure, Ground, at_least, at_most, exactly, time_of, told

MOST_SLOPE, MOST_FILES, MOST_LOG = 1.0, 10, 64
PAGES = ("/", "/us", "/practise", "/settings")


def drill(ground: Ground) -> list[Figure]:
    """Let pairs sit down, move, read and leave for some minutes."""
    pairs = ground.size(short=2, long=20)
    seconds = float(os.environ.get("NEARER_TEST_SOAK", ground.size(short=2, long=240)))
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        everybody = [crowd.pair(number) for number in range(pairs)]
        assert copy.process
        pid = copy.process.pid
        first = _sat(everybody, seconds / 2)
        memory, files = _memory(pid), _files(pid)
        then = _sat(everybody, seconds / 2)
        grown = (_memory(pid) - memory) / 1024
        log = (copy.data / "nearer.sqlite3-wal").stat().st_size / 2**20
        opened = _files(pid) - files
    failures, times = first[0] + then[0], sorted(first[1] + then[1])
    return [
        told("pairs, and seconds", f"{pairs}, {seconds:g}"),
        at_least("requests", len(times), pairs),
        exactly("answers that were a failure of the server", failures, 0),
        time_of(at_most("95 of 100 answers within", round(_share(times, 0.95) * 1000), 300, " ms")),
        time_of(
            at_most(
                "memory grown in the second half, for ten minutes", _slope(grown, seconds), MOST_SLOPE, " MB"
            )
        ),
        at_most("files opened in the second half and not closed", opened, MOST_FILES),
        at_most("the write-ahead log", round(log, 1), MOST_LOG, " MB"),
    ]


def _sat(pairs: list[Pair], seconds: float) -> tuple[int, list[float]]:
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(pairs)) as pool:
        results = list(pool.map(lambda pair: Sitting(pair).last(until), pairs))
    return sum(failures for failures, _ in results), [each for _, times in results for each in times]


class Sitting:
    """What one pair does again and again, and how long each answer took."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.failures = 0
        self.times: list[float] = []

    def last(self, until: float) -> tuple[int, list[float]]:
        """Go on until the time is over."""
        hooks = {"response": [self._note]}
        for person in (self.pair.host, self.pair.guest):
            person.client.event_hooks = hooks
        while time.monotonic() < until:
            path = self.pair.sit_down()
            self.pair.host.send(path, move="SetTopic", topic="the drive home")
            self.pair.guest.send(path, move="TakeTopic")
            for person in (self.pair.host, self.pair.guest):
                person.send(path, move="Heat", level="easy")
                for page in PAGES:
                    person.see(page)
            self.pair.guest.send(path, move="Leave")
        return self.failures, self.times

    def _note(self, answer: httpx.Response) -> None:
        answer.read()
        self.failures += answer.status_code >= 500
        self.times.append(answer.elapsed.total_seconds())


def _slope(grown_mb: float, seconds: float) -> float:
    return round(grown_mb / (seconds / 2) * 600, 2)


def _share(times: list[float], share: float) -> float:
    return times[min(int(len(times) * share), len(times) - 1)]


def _memory(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def _files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))
