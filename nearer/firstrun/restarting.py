"""Starts the program again in the same process: what was set is read at the start, and nowhere else."""

from __future__ import annotations

import os
import signal
import sys


class _Wish:
    """Whether a start is wanted; one for the process."""

    begins_anew = False


def is_wanted() -> bool:
    """Say whether a start is wanted already: what is asked for now is answered by a program that ends."""
    return _Wish.begins_anew


def begin_anew() -> None:
    """End in good order, the answer that is being given included, and start again."""
    _Wish.begins_anew = True
    os.kill(os.getpid(), signal.SIGTERM)


def follow() -> None:
    """Start again if that is wanted: called once the server has ended."""
    if _Wish.begins_anew:
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - ourselves, as we were started
