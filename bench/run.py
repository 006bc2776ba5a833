"""Runs everything against one server and reports."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import ExitStack

from bench import pages, rooms, streams, table
from bench.people import Pair, Person, pair_up
from bench.server import Server, pin, serving


def main() -> None:
    """Measure and report."""
    options = _options()
    with serving() as server, ExitStack() as stack:
        pin(server.pid, 0)
        pin(0, 1)
        idle_mb = round(server.own_memory() / 1024, 1)
        everybody = [pair_up(server.url, number) for number in range(options.pairs + 2 + len(rooms.GROWING))]
        for person in streams.people_of(everybody):
            stack.enter_context(person)
        grown, pairs = everybody[: len(rooms.GROWING) + 1], everybody[len(rooms.GROWING) + 1 :]
        results = _measure(server, pairs, grown, options, idle_mb)
    table.keep(results, is_release=options.release)
    print(table.show(results))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure Nearer on a temporary copy."
    )
    parser.add_argument("--streams", type=int, default=2000, help="idle streams (2000)")
    parser.add_argument("--seconds", type=float, default=5.0, help="load on each page (5)")
    parser.add_argument("--pairs", type=int, default=10, help="pairs who sit at the same time (10)")
    parser.add_argument("--moves", type=int, default=50, help="moves a second, over all pairs (50)")
    parser.add_argument("--moving", type=float, default=10.0, help="seconds of moves (10)")
    parser.add_argument("--release", action="store_true", help="keep the results as those of this release")
    return parser.parse_args()


def _measure(
    server: Server, pairs: list[Pair], grown: list[Pair], options: argparse.Namespace, idle_mb: float
) -> dict[str, object]:
    host, sitting = pairs[0].host, pairs[0].sit_down()
    rows = [
        (table.NOBODY, "/bench/bare"),
        (table.SOMEBODY, "/bench/session"),
        ("/healthz", "/healthz"),
        ("Today", "/"),
        ("The Floor", sitting),
        *((f"{room}, begun", pairs[1].sit_down(room)) for room in rooms.HEAVY),
        *((f"{room}, {rooms.MOVES} moves", rooms.sat_long(pairs[-1], room)) for room in rooms.ROOMS),
        ("Today, of these moves", "/"),
        (table.BOOK, pages.book_of(grown[-1], 500)),
    ]
    nobody = Person(server.url, "nobody")
    whose = {
        table.NOBODY: nobody,
        table.BOOK: grown[-1].host,
        **{f"{room}, begun": pairs[1].host for room in rooms.HEAVY},
    }
    people = [whose.get(name, pairs[-1].host if "moves" in name else host) for name, _ in rows]
    measured = [
        pages.speed(server, name, path, person, seconds=options.seconds)
        for (name, path), person in zip(rows, people, strict=True)
    ]
    measured += pages.sittings(server, grown[:-1], seconds=options.seconds)
    measured += pages.growth(server, pairs[1].host, seconds=options.seconds)
    nobody.client.close()
    weight = {name: pages.weight(host, path) for name, path in (("Today", "/"), ("The Floor", sitting))}
    host.send(sitting, move="Leave")
    live = asyncio.run(
        streams.measure(
            server,
            pairs,
            streams=streams.bounded(options.streams),
            per_second=options.moves,
            seconds=options.moving,
        )
    )
    more = {
        "start to listening, s": round(server.started_in, 2),
        "PSS before anybody came, MB": idle_mb,
    }
    return table.gather(measured, weight, live, more)
