"""At night: a letter about something hard is not shown then, where its reader lives, and nothing hard is begun.

Only the reader's own pages know where that is. So what is written reaches them as it does at any hour, and what it says
waits until morning: nobody else can learn from it when their night is.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from nearer.protocol import Mode
from nearer.sittings.run.header import Header

FROM, UNTIL = time(22, 30), time(7)


def is_night(at: datetime) -> bool:
    """Say whether it is night where the reader lives."""
    now = timezone.localtime(at).time()
    return now >= FROM or now < UNTIL


def morning(at: datetime) -> datetime:
    """Return when the night ends, where the reader lives."""
    here = timezone.localtime(at)
    day = here.date() + timedelta(days=here.time() >= FROM)
    return datetime.combine(day, UNTIL, tzinfo=here.tzinfo)


def rests(header: Header, at: datetime) -> bool:
    """Say whether a sitting is letters about something hard, which show nothing just now."""
    return header.mode == Mode.ASYNC and header.room.gated and is_night(at)
