"""A flood of log-ins: two hundred at once cost neither the memory nor the others their pages."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path

import httpx

from drills.crowd import PASSPHRASE, Crowd
from drills.figures import Figure, Ground, at_least, at_most, exactly, time_of, told
from drills.parallel import form_of

REAL = True
TOGETHER = 200
MOST_MIB, MOST_MS = 400, 500


def drill(ground: Ground) -> list[Figure]:
    """Log in two hundred times at once while somebody else reads, and look at the memory's highest mark."""
    waves = ground.size(short=1, long=5)
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        reader, guest = crowd.person("sam"), crowd.person("noor")
        reader.sign_up()
        path, fields = form_of(guest, "/login", passphrase=PASSPHRASE)
        answers: Counter[int] = Counter()
        times: list[float] = []
        for wave in range(waves):
            names = [fields | {"username": f"flood{wave}x{number}"} for number in range(TOGETHER)]
            statuses, waited = asyncio.run(_flood(f"{copy.url}{path}", names, guest.cookies, reader.cookies))
            answers.update(statuses)
            times += waited
        assert copy.process
        highest = _highest_mib(copy.process.pid)
        came_in = guest.send("/login", username="sam", passphrase=PASSPHRASE).status_code
    return [
        told("log-ins at once, and how often", f"{TOGETHER} × {waves}"),
        at_least("answered with a try at a passphrase", answers[422], 20),
        exactly("asked to wait", answers[429], TOGETHER * waves - answers[422]),
        exactly("any other answer", sum(answers.values()) - answers[422] - answers[429], 0),
        at_most("highest mark of the server's memory", highest, MOST_MIB, " MiB"),
        at_least("pages read meanwhile", len(times), 1),
        time_of(at_most("95 of 100 of them within", _most(times, 0.95), MOST_MS, " ms")),
        exactly("the next log-in", came_in, 200),
    ]


async def _flood(
    url: str, names: list[dict[str, str]], cookies: str, reader: str
) -> tuple[list[int], list[float]]:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(limits=limits, timeout=120) as client:
        asked = [client.post(url, data=each, headers={"Cookie": cookies}) for each in names]
        flood = asyncio.gather(*asked)
        waited = await _read(client, str(httpx.URL(url).copy_with(path="/")), reader, flood)
        return [answer.status_code for answer in await flood], waited


async def _read(
    client: httpx.AsyncClient, url: str, cookies: str, flood: asyncio.Future[list[httpx.Response]]
) -> list[float]:
    """Read a page again and again until the flood is over; return how long each time took, in milliseconds."""
    times = []
    while not flood.done():
        begun = time.perf_counter()
        (await client.get(url, headers={"Cookie": cookies})).raise_for_status()
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _most(times: list[float], share: float) -> float:
    return round(sorted(times)[min(int(len(times) * share), len(times) - 1)])


def _highest_mib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:"))
