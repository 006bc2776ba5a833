"""Sittings whose time is over are erased then, whoever looks or not: their secret first. None of this needs a key."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from nearer import live
from nearer.database import settle_files, writing
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.run.ahead import number_of
from nearer.vault import store


def end_what_is_over(at: datetime) -> int:
    """Erase every sitting that ended by itself by `at`; one indexed query when there is none.

    Returns:
        How many.
    """
    due = store.run_out(at)
    if due:
        end(due, at=at)
        settle_files()
    return len(due)


def end(refs: Collection[UUID], *, at: datetime) -> None:
    """Erase these sittings, and have open pages look again."""
    store.erase(refs)
    with writing():
        Entry.objects.filter(sitting__in=refs).delete()
        for row in Sitting.objects.select_for_update().filter(pk__in=refs, is_over=False):
            row.is_over, row.seq, row.ahead = True, number_of(row, at) + 1, b""
            row.store("is_over", "seq", "ahead")
            transaction.on_commit(partial(live.announce, row.pk, row.seq))
