"""What time closes and erases, whether anybody comes by or not.

Four times a minute: the drawers that have run out; and a reserve of the disk is laid by. Every ten minutes: what has ended, and what is left of all that in a
journal. Once a day: the rest.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from itertools import count

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from nearer import clock
from nearer.database import settle_files
from nearer.disk import keep_reserve
from nearer.leaving.leave import write_down
from nearer.sittings.run.ending import end_what_is_over
from nearer.sittings.taking_back.prune import prune
from nearer.standstill import going_on
from nearer.vault.sessions import SessionStore

TURN_SECONDS = 15.0
TEN_MINUTES, A_DAY = 40, 5760  # of these
# A clock that has just leapt further ahead than this is looked at once more before anything is erased by it.
LEAP = timedelta(days=1)

logger = logging.getLogger(__name__)


def start() -> threading.Thread:
    """Begin now, in a thread that ends with the process."""
    thread = threading.Thread(target=_daily, name="prune", daemon=True)
    thread.start()
    return thread


def _daily() -> None:
    waiting, last = threading.Event(), clock.now()
    for turn in count():
        at, last = min(clock.now(), last + LEAP), clock.now()
        try:
            with going_on() as may:
                if may:
                    _turn(turn, at)
        except DatabaseError as problem:
            logger.warning("What has run out waits for the next turn: %s", type(problem).__name__)
        finally:
            connections.close_all()
        waiting.wait(TURN_SECONDS)


def _turn(turn: int, at: datetime) -> None:
    if turn % A_DAY == 0:
        prune(at)
    elif turn % TEN_MINUTES == 0:
        often(at)
    else:
        SessionStore.close_drawers(timezone.now())
    write_down(at)
    for folder in settings.DISKS:
        keep_reserve(folder)


def often(at: datetime) -> None:
    """Forget what may not wait for the end of the day."""
    SessionStore.close_drawers(timezone.now())
    end_what_is_over(at)
    settle_files()
