"""Databases of SQLite that were migrated before: the same migrations give the same tables, so a run begins with a copy.

What the migrations build is still looked at, from the first one on: in `tests/house/test_migrations.py`, and by every
copy that a drill or a browser's test starts.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django
from django.db.backends.sqlite3.creation import DatabaseCreation

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"


@contextmanager
def copied(folder: Path = KEPT) -> Iterator[None]:
    """Let every test database of SQLite begin as a copy of one that was migrated before, where there is one."""
    real, which = DatabaseCreation.create_test_db, folder / _fingerprint()

    def create_test_db(self: DatabaseCreation, *given: Any, **named: Any) -> str:
        template, connection = which / f"{self.connection.alias}.sqlite3", self.connection
        if not template.exists():
            name = real(self, *given, **named)
            connection.ensure_connection()
            _keep(connection.connection, template)
            return name
        connection.settings_dict["NAME"] = self._get_test_db_name()  # type: ignore[attr-defined]
        connection.ensure_connection()
        with closing(sqlite3.connect(template)) as stored:
            stored.backup(connection.connection)
        return real(self, *given, **named)  # finds nothing left to do

    with patch.object(DatabaseCreation, "create_test_db", create_test_db):
        yield


def _keep(made: sqlite3.Connection, template: Path) -> None:
    template.parent.mkdir(parents=True, exist_ok=True)
    draft = template.with_name(f"{template.name}.{os.getpid()}")
    with closing(sqlite3.connect(draft)) as stored:
        made.backup(stored)
    draft.replace(template)


def _fingerprint() -> str:
    """Return what the tables come from: the migrations, and what runs them."""
    found = sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    for path in sorted(ROOT.glob("nearer/**/migrations/*.py")):
        found.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:16]
