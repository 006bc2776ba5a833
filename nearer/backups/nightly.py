"""A backup each night, restored for a test at once, in a process of its own that steps back behind the pages."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from datetime import datetime

from django.conf import settings
from django.db import connections
from django.utils import timezone

from nearer import clock
from nearer.backups import points, rules, state
from nearer.standstill import has_moved, here

LOOK_SECONDS = 60.0

logger = logging.getLogger(__name__)


def start() -> threading.Thread:
    """Begin now, in a thread that ends with the process."""
    thread = threading.Thread(target=_nightly, name="backups", daemon=True)
    thread.start()
    return thread


def turn(at: datetime) -> bool:
    """Make a backup if one is due, and let old restore points go.

    Args:
        at: now.

    Returns:
        Whether one was tried.
    """
    points.drop_old(at)
    known = state.known()
    is_due = rules.is_due(known.made_at, known.failed_at, at=timezone.localtime(at))
    if not (state.is_set_up() and is_due) or has_moved(settings.CONFIG.data, here()):
        return False
    done = subprocess.run([*program(), "backup", "--verify", "--politely"], check=False)  # noqa: S603 - ourselves
    if done.returncode:
        state.note(failed_at=at)
        logger.warning("The backup of this night was not made; it is tried again in an hour.")
    return True


def program() -> list[str]:
    """Return how this very program is started."""
    begun = getattr(sys.modules["__main__"], "__spec__", None)
    return [sys.executable, "-m", begun.name.removesuffix(".__main__") if begun else "nearer"]


def _nightly() -> None:
    waiting = threading.Event()
    while True:
        try:
            turn(clock.now())
        except OSError as problem:
            logger.warning("Backups wait for the next turn: %s", type(problem).__name__)
        finally:
            connections.close_all()
        waiting.wait(LOOK_SECONDS)
