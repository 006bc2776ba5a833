"""Asks whether a session may watch a sitting, in a few threads of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils.module_loading import import_string

type MayWatch = Callable[[str, UUID], int | None]

THREADS, QUEUE = 2, 200


class GateShut(Exception):
    """The gate cannot answer now: too many newcomers wait, or the database does not answer."""


class Gate:
    """A bounded way from the event loop to the database."""

    def __init__(self, may_watch: MayWatch, *, queue: int = QUEUE) -> None:
        self._may_watch = may_watch
        self._queue = queue
        self._newcomers = 0
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="gate")

    async def ask_first(self, token: str, ref: UUID) -> int | None:
        """Ask for a stream that is not open yet.

        Returns:
            The sitting's number, or None when this session may not watch it.

        Raises:
            GateShut: come back later.
        """
        if self._newcomers >= self._queue:
            raise GateShut
        self._newcomers += 1
        try:
            return await self.ask_again(token, ref)
        finally:
            self._newcomers -= 1

    async def ask_again(self, token: str, ref: UUID) -> int | None:
        """Ask for a stream that is open: these are as many as the streams and always get their turn.

        Returns:
            The sitting's number, or None when this session may not watch it any more.

        Raises:
            GateShut: come back later.
        """
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._ask, token, ref)
        except DatabaseError as problem:
            raise GateShut from problem

    def _ask(self, token: str, ref: UUID) -> int | None:
        close_old_connections()
        try:
            return self._may_watch(token, ref)
        finally:
            close_old_connections()


def may_watch(token: str, ref: UUID) -> int | None:
    """Call what `settings.LIVE_GATE` names: the rule lives in a layer above this one.

    Args:
        token: the session cookie's value.
        ref: the sitting.

    Returns:
        The sitting's number, or None when this session may not watch it.
    """
    rule: MayWatch = import_string(settings.LIVE_GATE)
    return rule(token, ref)
