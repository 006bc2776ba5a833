"""One turn of the sender: what is due becomes one notice for each person, and what is to be sent is sent.

It runs inside `nearer serve`, or as `nearer worker`, or both; several at once tell nobody anything twice.
"""

from __future__ import annotations

import logging
import secrets
import threading
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connections
from django.utils import timezone

from nearer.database import writing
from nearer.notices import queue, rules, wishes
from nearer.notices.causes import due_of
from nearer.notices.models import Cause, Channel, Wishes
from nearer.notices.sending.tasks import tell
from nearer.standstill import going_on

SECONDS = 15.0
MARK_SIZE = 8

logger = logging.getLogger(__name__)


def start() -> threading.Thread:
    """Begin now, in a thread that ends with the process."""
    thread = threading.Thread(target=run, name="notices", daemon=True)
    thread.start()
    return thread


def run(until: threading.Event | None = None) -> None:
    """Take one turn after the other.

    Args:
        until: ends it, once what waits is woken; without, it goes on as long as the process.
    """
    until = until or threading.Event()
    while not until.is_set():
        queue.woken.clear()
        try:
            with going_on() as may:
                if may:
                    turn(timezone.now())
        except DatabaseError as problem:
            logger.warning("Notices wait for the next turn: %s", type(problem).__name__)
        finally:
            connections.close_all()
        queue.woken.wait(SECONDS)


def turn(at: datetime) -> None:
    """Call whoever is to be called by now.

    Args:
        at: now.
    """
    due = Cause.objects.filter(due__lte=at).values_list("member__user", flat=True)
    for user_id in due.order_by().distinct():
        call(user_id, at=at)
    while queue.work(at):
        pass


def call(user_id: UUID, *, at: datetime) -> None:
    """Make one notice of all that is due for somebody, or none: all of it in one transaction, and by one worker.

    Args:
        user_id: whom.
        at: now.
    """
    with writing():
        chosen = wishes.chosen_by(user_id, Wishes.objects.select_for_update(skip_locked=True))
        if chosen is None:
            # Somebody else is at it, or nobody would like to be called any more.
            return
        causes = Cause.objects.filter(member__user=user_id, due__lte=at).select_related("member__bond")
        there = [each for each in causes if not (each.member.has_left or each.member.bond.closed_on)]
        due, together = [due_of(cause) for cause in there], at < chosen.together
        verdict = rules.decide(chosen.wish, chosen.told, due, now=at, is_together=together)
        waits = [cause.pk for cause in there if cause.pk not in verdict.over]
        if verdict.put_off:
            Cause.objects.filter(pk__in=waits).update(due=verdict.put_off)
        Cause.objects.filter(pk__in=[cause.pk for cause in causes]).exclude(pk__in=waits).delete()
        if verdict.told != chosen.told:
            wishes.store(user_id, replace(chosen, told=verdict.told))
        if verdict.calls:
            for channel in Channel.objects.filter(user=user_id).values_list("pk", flat=True):
                tell.using(run_after=at).enqueue(str(channel), secrets.token_hex(MARK_SIZE))
