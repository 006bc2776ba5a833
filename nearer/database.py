"""Database settings, and the one way to write.

SQLite lets one connection write at a time and makes the others poll. A lock in this process
queues them instead: two threads writing at once wait their turn rather than sleeping.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import dj_database_url
from django.db import DatabaseError, connections, models, transaction

from nearer import disk

_WRITER = threading.RLock()
SETTLE_MILLISECONDS = 1000

# SQLite keeps an index of its log beside it; without room for that a database cannot even be read.
INDEX = 64 * 1024
UNSTORED = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN")
UNSTORED_STATES = {"53100", "25006"}  # PostgreSQL: disk full, read-only transaction

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
        settings["NAME"] = _readable(Path(settings["NAME"]))
    else:
        settings["CONN_MAX_AGE"] = 600
        settings["CONN_HEALTH_CHECKS"] = True
    return settings


def folders(*urls: str) -> list[Path]:
    """Return the folders in which SQLite keeps the databases of these addresses."""
    parsed = [dj_database_url.parse(url) for url in urls]
    return sorted({Path(str(each["NAME"])).parent for each in parsed if each["ENGINE"].endswith("sqlite3")})


def _readable(path: Path) -> str:
    """Return by which name a file is opened: for reading alone, where the disk can only be read or is full for good."""
    disk.is_tight(path.parent)
    logs = [path.with_name(path.name + end) for end in ("-wal", "-journal")]
    if not path.exists() or disk.room(path.parent) >= INDEX or any(log.exists() for log in logs):
        return str(path)
    return f"file:{quote(str(path))}?mode=ro&immutable=1"


def cannot_store(problem: BaseException | None) -> bool:
    """Say whether something failed because the disk is full, or can only be read."""
    if not isinstance(problem, DatabaseError):
        return False
    named = str(getattr(problem.__cause__, "sqlite_errorname", None) or "")
    return named.startswith(UNSTORED) or getattr(problem.__cause__, "sqlstate", "") in UNSTORED_STATES


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


def settle_files() -> bool:
    """Leave nothing that was erased in a write-ahead log: bring it into its file, and cut it to nothing.

    Somebody who is reading keeps the log alive. They are waited for a moment only; pruning tries again.

    Returns:
        Whether every log is empty now.
    """
    settled = True
    for alias in connections:
        connection = connections[alias]
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with _WRITER, connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout={SETTLE_MILLISECONDS}")
                try:
                    is_busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                    settled = settled and not is_busy
                finally:
                    cursor.execute(f"PRAGMA busy_timeout={SQLITE_OPTIONS['timeout'] * 1000}")
    return settled


def update_each(rows: Sequence[models.Model], *columns: str) -> None:
    """Store columns of many rows, each row its own value; several times as quick as Django's `bulk_update`.

    Rows that are gone by now stay gone.

    Args:
        rows: all of one model.
        columns: the names of its columns.
    """
    if not rows:
        return
    meta, connection = rows[0]._meta, connections["default"]
    fields = [cast("models.Field[Any, Any]", meta.get_field(name)) for name in (*columns, meta.pk.name)]
    names = [connection.ops.quote_name(str(field.column)) for field in fields]
    values = [[f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields] for row in rows]
    sets, table = ", ".join(f"{name} = %s" for name in names[:-1]), connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor:
        # Names of our own models; what people wrote travels as parameters.
        cursor.executemany(f"UPDATE {table} SET {sets} WHERE {names[-1]} = %s", values)  # noqa: S608 - see above
