"""Waiting for something that a copy or a thread does, for as long as that takes on this machine, and no longer than it may."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_until(is_so: Callable[[], bool], *, within: float, look_every: float = 0.05) -> None:
    """Return once something is so, or when the time is up: what came of it is for the figures to say.

    Args:
        is_so: looks.
        within: seconds to wait at most.
        look_every: seconds between two looks.
    """
    until = time.monotonic() + within
    while not is_so() and time.monotonic() < until:
        time.sleep(look_every)
