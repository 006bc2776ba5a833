"""What this process asks of the system before it holds anybody's keys."""

from __future__ import annotations

import ctypes
import gc
import resource
import sys

PR_SET_DUMPABLE = 4
# After so many new objects what is young is looked through, and after so many of these looks what is old: with ten
# thousand streams open that stops everything for a third of a second.
YOUNG, MIDDLE, OLD = 5_000, 20, 1_000


def shut_memory() -> None:
    """Leave no core dump and let no other program of this user read the memory, where keys live."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def allow_many_connections() -> None:
    """Raise the number of open files to what the system permits: each stream is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def collect_rarely() -> None:
    """Let what is there by now, the program itself, be passed over by garbage collection, and what lives long be looked through rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
