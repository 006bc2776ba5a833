"""Serves the demo: one program at three addresses, and everything as it was at each full hour."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import django
from django.utils import timezone

from nearer.demo import making
from nearer.demo.sides import ports_of

logger = logging.getLogger(__name__)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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


def _begin_anew(folder: Path) -> None:
    """Set everything back at each full hour; once a day the story is told anew, so that it ends yesterday."""
    made, told, waiting = folder / making.MADE, timezone.now(), threading.Event()
    while True:
        waiting.wait((next_hour(timezone.now()) - timezone.now()).total_seconds())
        try:
            if timezone.now() - told > DAY:
                told, made = timezone.now(), making.make(folder)
            making.put_in_place(made, folder)
        except (OSError, subprocess.CalledProcessError) as problem:
            logger.warning("The demo stays as it is for another hour: %s", type(problem).__name__)
