"""Reads the stores of a copy from outside, as whoever finds them would: without the program, without Django."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nearer.testing.server import Copy

# `Any` because a row holds whatever its columns hold.
type Row = tuple[Any, ...]

SQLITE = "sqlite:///"
RECORDS, KEYS = "nearer.sqlite3", "keys.sqlite3"


@dataclass(frozen=True)
class Store:
    """One database.

    Attributes:
        place: an SQLite file, or the address of a PostgreSQL database.
    """

    place: Path | str

    def rows(self, query: str, *values: object) -> list[Row]:
        """Return what a query finds; each value stands for a question mark."""
        if isinstance(self.place, Path):
            with closing(sqlite3.connect(self.place, timeout=20)) as connection:
                return [tuple(map(_plain, row)) for row in connection.execute(query, values)]
        import psycopg

        with psycopg.connect(self.place) as server:
            found = server.execute(query.replace("?", "%s").encode(), values)
            return [tuple(map(_plain, row)) for row in found.fetchall()]

    def count(self, table: str, where: str = "1 = 1", *values: object) -> int:
        """Return how many rows a table has."""
        return int(self.rows(f"SELECT count(*) FROM {table} WHERE {where}", *values)[0][0])

    def tables(self) -> list[str]:
        """Return the names of the tables that hold something of people's."""
        sqlite = "SELECT name FROM sqlite_master WHERE type = 'table'"
        postgres = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        found = self.rows(sqlite if isinstance(self.place, Path) else postgres)
        return sorted(name for (name,) in found if not name.startswith(("django_", "auth_", "sqlite_")))

    def is_whole(self) -> bool:
        """Say whether SQLite finds the file in order; PostgreSQL checks its own pages as it reads."""
        return not isinstance(self.place, Path) or self.rows("PRAGMA integrity_check") == [("ok",)]


def keep(file: Path, folder: Path) -> None:
    """Copy an SQLite database into a folder, with what still lies in its log: whoever is stopped in a hurry leaves it there."""
    (folder / file.name).unlink(missing_ok=True)
    with closing(sqlite3.connect(file, timeout=20)) as source:
        source.execute("VACUUM INTO ?", (str(folder / file.name),))


@dataclass(frozen=True)
class Stores:
    """Both databases of a copy."""

    records: Store
    keys: Store

    @classmethod
    def of(cls, copy: Copy) -> Stores:
        """Return those a copy uses."""
        words, keys = (
            copy.databases.get(name) for name in ("NEARER_DATABASE_URL", "NEARER_KEYS_DATABASE_URL")
        )
        return cls(Store(_place(words) or copy.data / RECORDS), Store(_place(keys) or copy.data / KEYS))

    @classmethod
    def in_folder(cls, folder: Path) -> Stores:
        """Return the SQLite files in a folder."""
        return cls(Store(folder / RECORDS), Store(folder / KEYS))

    def are_whole(self) -> bool:
        """Say whether both files are in order."""
        return self.records.is_whole() and self.keys.is_whole()


def _place(address: str | None) -> Path | str | None:
    """Return the file that an address names, or the address of a server."""
    return Path(address.removeprefix(SQLITE)) if address and address.startswith(SQLITE) else address


def _plain(value: Any) -> Any:  # Any: whatever a column holds
    # SQLite keeps a UUID as 32 hexadecimal digits, PostgreSQL gives it as an object.
    return value.hex if hasattr(value, "hex") and hasattr(value, "int") else value
