"""Pages: how fast, how heavy, how many queries."""

from __future__ import annotations

import asyncio
import gzip
import re
import time
from dataclasses import dataclass
from urllib.parse import urljoin

from bench.counting import ASK, TOLD
from bench.html import Page
from bench.people import Pair, Person
from bench.rooms import GROWING, sat_long
from bench.seeding import seed
from bench.server import Server
from bench.streams import Table
from bench.traffic import Load, get, load

CONNECTIONS = 4
IMPORT = re.compile(r"""(?:from|import)\s*["']([^"']+)["']""")


@dataclass(frozen=True, kw_only=True)
class Speed:
    """One row of the table of pages."""

    name: str
    rate: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float
    memory_mb: float
    queries: int


def speed(server: Server, name: str, path: str, person: Person, *, seconds: float) -> Speed:
    """Measure one page under steady load.

    Args:
        server: who answers.
        name: of the row.
        path: what is asked for.
        person: who asks.
        seconds: for how long, after a second of warming up.
    """
    request = get(path, person.cookies)
    asyncio.run(load(server.port, request, connections=CONNECTIONS, seconds=1))
    before = server.cpu()
    result = asyncio.run(load(server.port, request, connections=CONNECTIONS, seconds=seconds))
    used = server.cpu() - before
    return Speed(
        name=name,
        rate=round(result.rate, 1),
        cpu_ms=round(used * 1000 / len(result.times), 2),
        p50_ms=round(result.ms(0.5), 1),
        p99_ms=round(result.ms(0.99), 1),
        memory_mb=round(server.memory() / 1024, 1),
        queries=queries(person, path),
    )


def moves(server: Server, name: str, pair: Pair, path: str, *, seconds: float) -> Speed:
    """Measure the moves of one person in a sitting, each with the stage it answers with: they pause and go on.

    Args:
        server: who answers.
        name: of the row.
        pair: who sits.
        path: of the sitting.
        seconds: for how long, a move every fifteenth of one.
    """
    table = Table(pair, server.port, path)
    before, begun = server.cpu(), time.perf_counter()
    asyncio.run(table.move_until(begun + seconds, 1 / 15, 0))
    used, took = server.cpu() - before, sorted(table.answers)
    load = Load(rate=len(took) / (time.perf_counter() - begun), times=took)
    return Speed(
        name=name,
        rate=round(load.rate, 1),
        cpu_ms=round(used * 1000 / len(took), 2),
        p50_ms=round(load.ms(0.5), 1),
        p99_ms=round(load.ms(0.99), 1),
        memory_mb=round(server.memory() / 1024, 1),
        queries=0,
    )


def sittings(server: Server, pairs: list[Pair], *, seconds: float) -> list[Speed]:
    """Measure a sitting as it grows: its page, a move in it, and Today beside it.

    Args:
        server: who answers.
        pairs: one for each length.
        seconds: for how long each.
    """
    rows = []
    for pair, number in zip(pairs, GROWING, strict=True):
        path = sat_long(pair, "with-you", number)
        rows += [
            speed(server, f"a sitting, {number} moves", path, pair.host, seconds=seconds),
            speed(server, f"Today beside {number}", "/", pair.host, seconds=seconds),
            moves(server, f"a move, {number} before", pair, path, seconds=seconds),
        ]
    return rows


def book_of(pair: Pair, number: int) -> str:
    """Let somebody write so many pages of their book, and return its path."""
    us = pair.host.see("/us").text
    book = next(path for path in re.findall(r'href="(/b/[^"]+/keepsakes)/line"', us))
    for page in range(number):
        pair.host.send(f"{book}/line", words=f"page {page} of a long book")
    return book


def queries(person: Person, path: str) -> int:
    """Return how many queries a page makes."""
    return int(person.see(path, **{ASK: "1"}).headers[TOLD])


def weight(person: Person, path: str) -> dict[str, int]:
    """Return what a first view of a page takes over the wire, in bytes as gzip would send them.

    Args:
        person: who looks.
        path: at what.
    """
    text = person.see(path).text
    page = Page(text)
    html, css = _small(text), sum(_small(person.see(link).text) for link in page.links["css"])
    scripts: dict[str, int] = {}
    for link in page.links["js"]:
        _follow(person, link, scripts)
    return {"html": html, "css": css, "html_css": html + css, "js": sum(scripts.values())}


def _follow(person: Person, link: str, seen: dict[str, int]) -> None:
    if link in seen:
        return
    text = person.see(link).text
    seen[link] = _small(text)
    for name in IMPORT.findall(text):
        _follow(person, urljoin(link, name), seen)


def _small(text: str) -> int:
    return len(gzip.compress(text.encode(), 6))


def growth(server: Server, person: Person, *, seconds: float) -> list[Speed]:
    """Measure Today and Us of somebody with 1, 10 and 100 kept sittings, pages and weekly pictures behind them."""
    token, rows, before = person.client.cookies["s"], [], 0
    for times in (1, 10, 100):
        for what in ("sittings", "pages"):
            seed(server, token, what, times - before)
        before = times
        for name, path in (("Today", "/"), ("Us", "/us")):
            rows.append(speed(server, f"{name}, {times} of each", path, person, seconds=seconds))
    return rows
