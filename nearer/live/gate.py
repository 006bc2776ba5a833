"""Asks which sessions may watch which sittings, many at a time, in a few threads of its own.

Every open stream is asked about every few seconds. Asked one by one, a thousand idle streams would
cost as much as a hundred people reading pages; asked together they cost next to nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils.module_loading import import_string

from nearer.vault import unstored
from nearer.vault.tokens import hash_of

# A session's token and a sitting.
type Question = tuple[str, UUID]
# The sitting's number, or None when that session may not watch it.
type Answer = int | None
type Rule = Callable[[Sequence[Question]], Sequence[Answer]]

THREADS, QUEUE, BATCH = 2, 200, 100
PATIENCE = 0.5


class GateShut(Exception):
    """The gate cannot answer now: too many newcomers wait, or the database does not answer."""


def end_session(token: str) -> None:
    """End the session of a browser that was left by quick exit; its open streams end with it.

    Args:
        token: the session's; one that opens nothing is passed over.
    """
    unstored.remove(hash_of(token))


class Gate:
    """A bounded way from the event loop to the database.

    Args:
        rule: answers questions, in their order; called in a thread.
        queue: how many newcomers may wait.
        ending: ends the session of a token; called in a thread.
    """

    def __init__(
        self, rule: Rule, *, queue: int = QUEUE, ending: Callable[[str], None] = end_session
    ) -> None:
        self._rule = rule
        self._ending = ending
        self._queue = queue
        self._newcomers = 0
        self._waiting: list[tuple[Question, asyncio.Future[Answer]]] = []
        self._busy = 0
        self._later: asyncio.TimerHandle | None = None
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="gate")

    async def ask_first(self, token: str, ref: UUID) -> Answer:
        """Ask for a stream that is not open yet; answered as soon as a thread is free.

        Raises:
            GateShut: come back later.
        """
        if self._newcomers >= self._queue:
            raise GateShut
        self._newcomers += 1
        answer = self._put((token, ref))
        self._go()
        try:
            return await answer
        finally:
            self._newcomers -= 1

    async def ask_again(self, token: str, ref: UUID) -> Answer:
        """Ask for a stream that is open; waits a moment for others who ask the same.

        Raises:
            GateShut: come back later.
        """
        answer = self._put((token, ref))
        if self._later is None:
            self._later = asyncio.get_running_loop().call_later(PATIENCE, self._go)
        return await answer

    async def end(self, token: str) -> None:
        """End a session.

        Raises:
            GateShut: the database does not answer; it is not ended yet.
        """
        try:
            await asyncio.get_running_loop().run_in_executor(self._pool, self._end, token)
        except DatabaseError as problem:
            raise GateShut from problem

    def _end(self, token: str) -> None:
        close_old_connections()
        try:
            self._ending(token)
        finally:
            close_old_connections()

    def _put(self, question: Question) -> asyncio.Future[Answer]:
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        return answer

    def _go(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        while self._waiting and self._busy < THREADS:
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            self._busy += 1
            questions = [question for question, _ in batch]
            asking = asyncio.get_running_loop().run_in_executor(self._pool, self._ask, questions)
            asking.add_done_callback(partial(self._give, [answer for _, answer in batch]))

    def _give(self, waiting: list[asyncio.Future[Answer]], asked: asyncio.Future[Sequence[Answer]]) -> None:
        self._busy -= 1
        problem = asked.exception()
        for number, answer in enumerate(waiting):
            if answer.done():
                continue
            if problem is None:
                answer.set_result(asked.result()[number])
            else:
                answer.set_exception(GateShut() if isinstance(problem, DatabaseError) else problem)
        self._go()

    def _ask(self, questions: list[Question]) -> Sequence[Answer]:
        close_old_connections()
        try:
            return self._rule(questions)
        finally:
            close_old_connections()


def may_watch(questions: Sequence[Question]) -> Sequence[Answer]:
    """Call the rule that the settings name: it lives in a layer above this one.

    Args:
        questions: tokens and sittings.

    Returns:
        An answer to each, in order.
    """
    rule: Rule = import_string(settings.LIVE_GATE)
    return rule(questions)
