"""`nearer worker`: send notices, and back up each night, from a process of its own, beside `nearer serve --no-worker` on other machines."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from nearer import clock
from nearer.backups import nightly
from nearer.notices import queue, turn
from nearer.server.process import shut_memory


class Command(BaseCommand):
    """Send notices until told to stop; what is being sent then is sent to its end."""

    help = "Send notices from a process of its own; several at once tell nobody anything twice."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Work until told to stop."""
        shut_memory()
        until = threading.Event()

        def leave(_number: int, _frame: FrameType | None) -> None:
            until.set()
            queue.woken.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, leave)
        clock.start(settings.CONFIG.data)
        nightly.start()
        turn.run(until)
