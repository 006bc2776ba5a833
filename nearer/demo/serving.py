"""Serves the demo: one program at three addresses, and everything as it was at each full hour."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import django
from django.utils import timezone

from nearer.demo import making
from nearer.demo.sides import ports_of

logger = logging.getLogger(__name__)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOOK_SECONDS = 30.0


def serve(folder: Path) -> None:
    """Serve the demo that stands in a folder, until told to stop.

    Raises:
        CommandError: an address is taken.
    """
    django.setup(set_prefix=False)
    from django.conf import settings

    from nearer import clock
    from nearer.server import daily, serving
    from nearer.server.process import allow_many_connections

    allow_many_connections()
    bind = settings.CONFIG.bind
    host = bind.rpartition(":")[0]
    listeners = [serving.listener(each) for each in (bind, *(f"{host}:{port}" for port in ports_of(bind)))]
    clock.start(folder)
    daily.start()
    threading.Thread(target=_begin_anew, args=(folder,), name="anew", daemon=True).start()
    with suppress(OSError):  # the terminal may be a file on a disk that is full
        sys.stdout.write(f"Both windows on one page: {settings.CONFIG.url}/demo\n")
        sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        serving.serve("nearer.demo.asgi:application", listeners)


def next_hour(at: datetime) -> datetime:
    """Return when everything is set back next."""
    return at.replace(minute=0, second=0, microsecond=0) + HOUR


@dataclass
class Standing:
    """A demo that is set back now and then.

    Attributes:
        folder: where it lies.
        told: when its story was told last.
    """

    folder: Path
    told: datetime

    def set_back(self, at: datetime) -> None:
        """Let everything be as the story left it; once a day it is told anew, so that it ends yesterday.

        Args:
            at: now.
        """
        try:
            made = self.folder / making.MADE
            if at - self.told >= DAY:
                made = making.make(self.folder)
                self.told = at
            making.put_in_place(made, self.folder)
        except (OSError, sqlite3.Error, subprocess.CalledProcessError) as problem:
            logger.warning("The demo stays as it is for another hour: %s", type(problem).__name__)


def wait_until(due: datetime, *, pause: Callable[[float], object]) -> datetime:
    """Wait for a moment of this machine's clock, which may be set meanwhile, or sleep; return when it was seen to be over.

    Args:
        due: the moment.
        pause: waits for so many seconds.
    """
    while (now := timezone.now()) < due:
        pause(min(LOOK_SECONDS, (due - now).total_seconds()))
    return now


def _begin_anew(folder: Path) -> None:
    standing, waiting = Standing(folder, timezone.now()), threading.Event()
    while True:
        standing.set_back(wait_until(next_hour(timezone.now()), pause=waiting.wait))
