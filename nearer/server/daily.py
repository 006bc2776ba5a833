"""Once at the start and once a day: forget what has run out."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connections
from django.utils import timezone

from nearer.sittings.prune import prune

DAY_SECONDS = 24 * 3600.0

logger = logging.getLogger(__name__)


def start() -> threading.Thread:
    """Prune now and every day from now on, in a thread that ends with the process."""
    thread = threading.Thread(target=_daily, name="prune", daemon=True)
    thread.start()
    return thread


def _daily() -> None:
    clock = threading.Event()
    while True:
        try:
            prune(timezone.now())
        except DatabaseError as problem:
            logger.warning("Pruning waits for tomorrow: %s", type(problem).__name__)
        finally:
            connections.close_all()
        clock.wait(DAY_SECONDS)
