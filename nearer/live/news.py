"""News for a person: their open pages hear that they are to look again, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import close_old_connections

from nearer.live.hub import announce, hub

# What counts as arrived is compared with the clock of whoever asks, so the note comes a moment after, never before.
AFTER = 0.25
FIRST = 0
"""The number of somebody whom nothing has been told."""


def tell(people: Iterable[UUID]) -> None:
    """Have the open pages of these people look again. From any thread, and it never raises."""
    for person in people:
        announce(person, time.time_ns() // 1_000_000)


def tell_later(people: Iterable[UUID], seconds: float, still: Callable[[], bool]) -> None:
    """Have their pages look again after a while, if by then there is still something to see.

    A note that a restart loses is made up for by the look that each open page takes now and then.

    Args:
        people: whom to tell.
        seconds: how long to wait.
        still: asked then, in a thread, whether to.
    """
    hub().after(seconds + AFTER, lambda: _tell_if(list(people), still))


def _tell_if(people: list[UUID], still: Callable[[], bool]) -> None:
    close_old_connections()
    try:
        if still():
            tell(people)
    finally:
        close_old_connections()
