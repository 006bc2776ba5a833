"""Database settings, and the one way to write.

SQLite lets one connection write at a time and makes the others poll. A lock in this process
queues them instead: two threads writing at once wait their turn rather than sleeping.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
from django.db import connections, transaction

_WRITER = threading.RLock()

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
}


def database(url: str, *, journal: str) -> dict[str, Any]:
    """Turn a database address into Django's settings.

    Args:
        url: sqlite:///… or postgres://…
        journal: SQLite's journal mode: "WAL" for records, "DELETE" for keys, so that an erased key
            leaves no copy in a log.

    Returns:
        One entry of `DATABASES`.
    """
    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    if settings["ENGINE"].endswith("sqlite3"):
        command = f"PRAGMA journal_mode={journal}; {SQLITE_OPTIONS['init_command']}"
        settings["OPTIONS"] = SQLITE_OPTIONS | {"init_command": command}
        settings["CONN_MAX_AGE"] = None
    else:
        settings["CONN_MAX_AGE"] = 600
        settings["CONN_HEALTH_CHECKS"] = True
    return settings


@contextmanager
def writing(*, using: str = "default") -> Iterator[None]:
    """Run a block as one transaction; every action that writes opens with it.

    Args:
        using: the database alias.
    """
    if connections[using].vendor != "sqlite":
        with transaction.atomic(using=using):
            yield
        return
    with _WRITER, transaction.atomic(using=using):
        yield
