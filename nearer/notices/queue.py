"""What the sender has yet to do: a backend for Django's tasks that keeps them in the database, each sealed to the sender.

A table tells that something is to be done at a moment, and nothing else. Several workers may run at once: each takes a row nobody
else has (`FOR UPDATE SKIP LOCKED`), and moves its moment on before it begins. So a worker that is killed in the middle has lost
nothing, and another one takes it up when that moment comes.
"""

from __future__ import annotations

import logging
import random
import threading
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.tasks import Task, TaskResult, TaskResultStatus
from django.tasks.backends.base import BaseTaskBackend
from django.utils import timezone
from django.utils.module_loading import import_string

from nearer.database import writing
from nearer.notices.models import Job
from nearer.vault import damage
from nearer.vault.envelope import Document
from nearer.vault.sender import Sender, seal_for_sender

LEASE = timedelta(minutes=5)
"""So long a worker may take; then it counts as gone."""
FIRST = timedelta(minutes=1)
MOST_TRIES = 8
"""With twice the wait each time, that is somewhat over two hours."""

logger = logging.getLogger(__name__)
woken = threading.Event()
"""Set when there is something to do now: whoever works in this process need not wait for their next turn."""


class Later(Exception):
    """It could not be done now, and may be tried again."""


class Queue(BaseTaskBackend):
    """Keeps tasks in the database. Their results are nobody's to look up."""

    supports_defer = True

    def enqueue(
        self, task: Task[Any, Any], args: list[Any], kwargs: dict[str, Any]
    ) -> TaskResult[Any, Any]:  # Any: as Django has it
        """Keep a task, in the transaction that is open."""
        self.validate_task(task)
        ref, now = uuid4(), timezone.now()
        job = Job(pk=ref, due=task.run_after or now)
        _write(job, {"task": task.module_path, "args": list(args), "kwargs": kwargs, "tries": 0})
        job.save(force_insert=True)
        transaction.on_commit(woken.set)
        return TaskResult(
            task=task, id=str(ref), status=TaskResultStatus.READY, enqueued_at=now, started_at=None, finished_at=None,
            last_attempted_at=None, args=list(args), kwargs=kwargs, backend=self.alias, errors=[], worker_ids=[],
        )  # fmt: skip


def work(at: datetime) -> bool:
    """Do one thing that is due, whichever nobody else does.

    Args:
        at: now.

    Returns:
        Whether there was one.
    """
    if not Job.objects.filter(due__lte=at).exists():
        return False
    with writing():
        rows = Job.objects.select_for_update(skip_locked=True)
        job = rows.filter(due__lte=at).order_by("due", "pk").first()
        if job is None:
            return False
        job.due = at + LEASE
        job.save(update_fields=["due"])
    document = damage.opened("job", job.pk, lambda: sender().opened(job.sealed, row=job.pk))
    if document is None or _done(document):
        _mine(job).delete()
    else:
        _again(job, document, at)
    return True


def sender() -> Sender:
    """Return the sender's keys."""
    return Sender.of(settings.NOTICES_KEY)


def _done(document: Document) -> bool:
    """Do it, and say whether it is done with."""
    try:
        import_string(document["task"]).call(*document["args"], **document["kwargs"])
    except Later:
        return False
    except Exception as problem:  # noqa: BLE001 - whatever a sender stumbles over, the others go on
        logger.warning("A task failed: %s", type(problem).__name__)
        return False
    return True


def _again(job: Job, document: Document, at: datetime) -> None:
    tries = document["tries"] + 1
    if tries >= MOST_TRIES:
        _mine(job).delete()
        return
    # Spread, so that what failed together does not come back together.
    wait = FIRST * 2 ** (tries - 1) * random.uniform(1, 1.5)  # noqa: S311 - no secret
    _write(job, {**document, "tries": tries})
    _mine(job).update(due=at + wait, sealed=job.sealed)


def _mine(job: Job) -> Any:  # Any: a set of rows
    """Return the row, as long as nobody else has taken it up meanwhile."""
    return Job.objects.filter(pk=job.pk, due=job.due)


def _write(job: Job, document: Document) -> None:
    job.sealed = seal_for_sender(sender().public, document, row=job.pk)
