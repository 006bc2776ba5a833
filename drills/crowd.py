"""People for the drills: they use the pages over plain HTTP, as `bench.people` do, at their own pace."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from typing import Self

import httpx

from bench.html import Page
from bench.people import PASSPHRASE, Pair, Person, pair_up

__all__ = ["PASSPHRASE", "Crowd", "Page", "Pair", "Person", "Writer"]


class Crowd(ExitStack):
    """Everybody who uses one copy; their browsers are closed at the end of the block."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def person(self, name: str) -> Person:
        """Give somebody a browser."""
        return self.enter_context(Person(self.url, name))

    def pair(self, number: int) -> Pair:
        """Let two people sign up and meet."""
        pair = pair_up(self.url, number)
        for person in (pair.host, pair.guest):
            self.enter_context(person)
        return pair


class Writer(threading.Thread):
    """Somebody who writes without a pause until the server is gone, and remembers what was acknowledged.

    Args:
        write: makes the n-th write and returns when it has been acknowledged.
        numbers: what n is; one and the same for all the lives of one writer.
    """

    def __init__(self, write: Callable[[int], None], numbers: count[int]) -> None:
        super().__init__(daemon=True)
        self._write, self._numbers = write, numbers
        self.acknowledged: list[int] = []
        self.in_flight: int | None = None
        self.problem: Exception | None = None

    def run(self) -> None:
        """Write until there is nobody who answers."""
        for number in self._numbers:
            self.in_flight = number
            try:
                self._write(number)
            except httpx.TransportError:
                return
            except Exception as problem:  # noqa: BLE001 - told by whoever waits for this thread
                self.problem = problem
                return
            self.acknowledged.append(number)

    def done(self) -> Self:
        """Wait until it has stopped.

        Raises:
            RuntimeError: something else than the server's end stopped it.
        """
        self.join(60)
        if self.problem or self.is_alive():
            raise RuntimeError("a writer was refused") from self.problem
        return self
