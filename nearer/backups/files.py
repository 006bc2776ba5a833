"""A database as an SQLite file: made of one that is in use, and opened beside it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections

from nearer.backups import rows, schema
from nearer.database import database, writing

LOGS = ("-wal", "-shm", "-journal")
BLOCK = 1 << 20


@dataclass(frozen=True)
class Stores:
    """Both databases of a copy, by their aliases.

    Attributes:
        records: what people wrote, sealed.
        keys: the key store.
    """

    records: str = "default"
    keys: str = "keys"

    def both(self) -> tuple[str, str]:
        """Return the two."""
        return self.records, self.keys


HERE = Stores()


@contextmanager
def beside(alias: str, url: str) -> Iterator[str]:
    """Know one more database while the block runs.

    Args:
        alias: what it is called meanwhile; one that begins with "keys" is a key store.
        url: where it is.

    Yields:
        The alias.
    """
    known: dict[str, dict[str, Any]] = connections.databases
    own = database(url, journal="DELETE")
    known[alias] = connections.configure_settings({"default": known["default"], alias: own})[alias]
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del known[alias]


def address_of(path: Path) -> str:
    """Return the address of an SQLite file."""
    return f"sqlite:///{path}"


def snapshot(alias: str, to: Path) -> None:
    """Write a database as it is at one moment into a new SQLite file, while others go on writing.

    Args:
        alias: which database.
        to: a file that is not there yet.

    Raises:
        TooNew: on PostgreSQL, a newer version has changed it already.
    """
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = connections[alias]
    if connection.vendor == "sqlite":
        name = str(connection.get_connection_params()["database"])
        with closing(sqlite3.connect(name, uri=name.startswith("file:"), timeout=20)) as source:
            source.execute("VACUUM INTO ?", (str(to),))
        return
    schema.refuse_newer(alias)  # what this program does not know of, it cannot copy
    with beside("keys_copied" if alias.startswith("keys") else "copied", address_of(to)) as copied:
        models = schema.make_like(alias, copied)
        with rows.one_moment(alias), writing(using=copied):
            rows.replace(alias, copied, models)


def is_in_order(path: Path) -> bool:
    """Say whether SQLite finds a file in order."""
    try:
        with closing(sqlite3.connect(path)) as opened:
            return bool(opened.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def wipe(path: Path) -> None:
    """Write over a file, and remove it with what SQLite left beside it: it held what people may erase."""
    for each in [path, *(path.with_name(path.name + end) for end in LOGS)]:
        if each.is_file() and not each.is_symlink():
            size = each.stat().st_size
            with each.open("r+b") as file:
                for start in range(0, size, BLOCK):
                    file.write(bytes(min(BLOCK, size - start)))
                file.flush()
                os.fsync(file.fileno())
            each.unlink()
