"""At the start and once a day: forget what has run out. Every ten minutes: blank the drawers that have."""

from __future__ import annotations

import logging
import threading
from itertools import count

from django.db import DatabaseError, connections
from django.utils import timezone

from nearer.sittings.prune import prune
from nearer.vault.sessions import SessionStore

DRAWERS_SECONDS = 600.0
A_DAY = 144  # of these

logger = logging.getLogger(__name__)


def start() -> threading.Thread:
    """Begin now, in a thread that ends with the process."""
    thread = threading.Thread(target=_daily, name="prune", daemon=True)
    thread.start()
    return thread


def _daily() -> None:
    clock = threading.Event()
    for turn in count():
        try:
            forget = SessionStore.close_drawers if turn % A_DAY else prune
            forget(timezone.now())
        except DatabaseError as problem:
            logger.warning("What has run out waits for the next turn: %s", type(problem).__name__)
        finally:
            connections.close_all()
        clock.wait(DRAWERS_SECONDS)
