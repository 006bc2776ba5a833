"""Waiting for something that another thread or task does, without guessing how long it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


async def until(met: Callable[[], bool]) -> None:
    """Return once `met` is true; fail after five seconds."""
    async with asyncio.timeout(5):
        while not met():  # noqa: ASYNC110 -- what is waited for may change in a thread that knows no events.
            await asyncio.sleep(0.002)
