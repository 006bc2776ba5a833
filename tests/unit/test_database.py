"""How the databases are opened: what is erased is gone from the file, and the disk's own failures are told from others."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError

from nearer import disk
from nearer.database import cannot_store, database, folders

SAID = "the kestrel on the drive"


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_what_is_erased_is_gone_from_the_file(tmp_path: Path, journal: str) -> None:
    file = tmp_path / "words.sqlite3"
    settings = database(f"sqlite:///{file}", journal=journal)
    with closing(sqlite3.connect(settings["NAME"])) as store:
        store.executescript(settings["OPTIONS"]["init_command"])
        assert store.execute("PRAGMA journal_mode").fetchone() == (journal.lower(),)
        assert store.execute("PRAGMA synchronous").fetchone() == (2,)
        assert store.execute("PRAGMA foreign_keys").fetchone() == (1,)
        with store:
            store.execute("CREATE TABLE said (words)")
            store.executemany("INSERT INTO said VALUES (?)", [(f"{SAID} {number}",) for number in range(50)])
        with store:
            store.execute("DELETE FROM said")
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    assert SAID.encode() not in file.read_bytes()


def test_what_can_only_be_read_is_opened_for_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "words.sqlite3"
    assert database(f"sqlite:///{file}", journal="WAL")["NAME"] == str(file)
    with closing(sqlite3.connect(file)) as store, store:
        store.execute("CREATE TABLE said (words)")
    monkeypatch.setattr(disk, "room", lambda _folder: 0)

    name = database(f"sqlite:///{file}", journal="WAL")["NAME"]
    with closing(sqlite3.connect(name, uri=True)) as store, pytest.raises(sqlite3.OperationalError):
        store.execute("INSERT INTO said VALUES (1)")

    file.with_name(file.name + "-wal").touch()  # what lies in it has to be read as well
    assert database(f"sqlite:///{file}", journal="WAL")["NAME"] == str(file)


def test_each_folder_of_a_database_is_a_disk_to_watch() -> None:
    assert folders("sqlite:////a/x", "sqlite:////b/y") == [Path("/a"), Path("/b")]
    assert folders("sqlite:////a/x", "postgres://u@h/words") == [Path("/a")]


@pytest.mark.parametrize(
    ("name", "is_so"), [("SQLITE_FULL", True), ("SQLITE_READONLY", True), ("SQLITE_BUSY", False), ("", False)]
)
def test_a_full_disk_is_told_from_other_failures(name: str, is_so: bool) -> None:  # noqa: FBT001
    cause = sqlite3.OperationalError()
    cause.sqlite_errorname = name
    problem = OperationalError()
    problem.__cause__ = cause

    assert cannot_store(problem) is is_so
    assert not cannot_store(cause)
