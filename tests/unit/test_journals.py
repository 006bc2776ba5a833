"""What was erased is cut from the journal of its database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from nearer import database


@pytest.mark.django_db
def test_a_settled_journal_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    common = connections["default"].settings_dict
    about = {
        **common,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": tmp_path / "some.sqlite3",
        "OPTIONS": {},
    }
    connection = DatabaseWrapper(about, alias="some")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("CREATE TABLE said (words)")
        cursor.execute("INSERT INTO said VALUES ('erase me')")
        cursor.execute("DELETE FROM said")
    journal = tmp_path / "some.sqlite3-wal"
    assert b"erase me" in journal.read_bytes()
    monkeypatch.setattr(database, "connections", {"some": connection})

    assert database.settle_files()

    assert journal.stat().st_size == 0
    connection.close()
