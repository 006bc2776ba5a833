"""The line for uploads is fair: nobody's many files keep another's one waiting."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from nearer.server.line import Line, LineFull

BIG, SMALL = 15_000_000, 40_000


async def served(line: Line, *asked: tuple[str, int]) -> list[tuple[str, int]]:
    """Let all of these stand in line at once, and return them in the order in which their turns came."""
    came: list[tuple[str, int]] = []

    async def one(person: str, size: int) -> None:
        async with line.turn(person, size):
            came.append((person, size))
            await asyncio.sleep(0)

    await asyncio.gather(*(one(*each) for each in asked))
    return came


def test_twelve_large_ones_of_one_do_not_keep_one_small_one_of_another() -> None:
    line = Line(seats=1, most=60, patience=5)

    came = asyncio.run(served(line, *[("A", BIG)] * 12, ("B", SMALL)))

    assert came.index(("B", SMALL)) == 1
    assert len(came) == 13


def test_turns_go_round_and_small_ones_come_first() -> None:
    line = Line(seats=1, most=60, patience=5)

    came = asyncio.run(served(line, ("A", 5), ("A", 4), ("B", 3), ("A", 1), ("C", 2), ("B", 9)))

    assert came == [("A", 5), ("C", 2), ("B", 3), ("A", 1), ("B", 9), ("A", 4)]


def test_nobody_has_two_turns_at_once_and_free_seats_go_to_others() -> None:
    line, inside, most = Line(seats=4, most=60, patience=5), [], []

    async def one(person: str) -> None:
        async with line.turn(person, 1):
            inside.append(person)
            most.append(sorted(inside))
            await asyncio.sleep(0)
            inside.remove(person)

    async def all_of_them() -> None:
        await asyncio.gather(*(one(person) for person in "AAAABBC"))

    asyncio.run(all_of_them())
    assert all(len(set(each)) == len(each) for each in most)
    assert ["A", "B", "C"] in most


def test_a_full_line_and_a_turn_that_does_not_come_are_said() -> None:
    line = Line(seats=1, most=1, patience=0.01)

    async def crowd() -> list[Any]:
        async with line.turn("A", 1):
            both = served(line, ("B", 1)), served(line, ("C", 1))
            return list(await asyncio.gather(*both, return_exceptions=True))

    assert all(isinstance(each, LineFull) for each in asyncio.run(crowd()))
    assert asyncio.run(served(line, ("D", 1))) == [("D", 1)]


def test_whoever_hangs_up_gives_the_turn_on() -> None:
    line = Line(seats=1, most=9, patience=5)

    async def hang_up() -> list[tuple[str, int]]:
        async with line.turn("A", 1):
            gone = asyncio.ensure_future(served(line, ("B", 1)))
            await asyncio.sleep(0)
            gone.cancel()
            with pytest.raises(asyncio.CancelledError):
                await gone
        return await served(line, ("C", 1))

    assert asyncio.run(hang_up()) == [("C", 1)]
