"""The line for uploads: each person one at a time, whoever had less before whoever had more, small files first.

Whoever waits has sent nothing yet: their file is read once it is their turn, so that waiting takes no memory.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


class LineFull(Exception):
    """Too many wait already, or it took too long."""


@dataclass(eq=False)
class _Waiting:
    person: str
    size: int
    number: int
    turn: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Line:
    """Says whose turn it is.

    Args:
        seats: how many are let in at once, each of another person.
        most: how many may wait.
        patience: how long one waits, in seconds.
    """

    def __init__(self, *, seats: int, most: int, patience: float) -> None:
        self._seats, self._most, self._patience = seats, most, patience
        self._inside: set[str] = set()
        self._waiting: list[_Waiting] = []
        self._had: Counter[str] = Counter()  # since the line was last empty
        self._number = 0

    @asynccontextmanager
    async def turn(self, person: str, size: int) -> AsyncIterator[None]:
        """Wait until it is this person's turn.

        Args:
            person: who, as one tells browsers apart.
            size: of what they send, in bytes.

        Raises:
            LineFull: there is no room to wait, or no turn came.
        """
        if len(self._waiting) >= self._most:
            raise LineFull
        self._number += 1
        mine = _Waiting(person, size, self._number)
        self._waiting.append(mine)
        self._call()
        try:
            await asyncio.wait_for(asyncio.shield(mine.turn), self._patience)
        except BaseException as problem:
            self._give_up(mine)
            if isinstance(problem, TimeoutError):
                raise LineFull from problem
            raise
        try:
            yield
        finally:
            self._leave(person)

    def _call(self) -> None:
        while len(self._inside) < self._seats:
            able = [each for each in self._waiting if each.person not in self._inside]
            if not able:
                return
            first = min(able, key=lambda each: (self._had[each.person], each.size, each.number))
            self._waiting.remove(first)
            self._inside.add(first.person)
            self._had[first.person] += 1
            first.turn.set_result(None)

    def _leave(self, person: str) -> None:
        self._inside.discard(person)
        if not (self._inside or self._waiting):
            self._had.clear()
        self._call()

    def _give_up(self, mine: _Waiting) -> None:
        if mine.turn.done():
            self._leave(mine.person)
        else:
            self._waiting.remove(mine)
