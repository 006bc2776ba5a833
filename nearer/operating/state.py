"""How a copy is: whether its databases answer and fit this version, whether the keys belong to the records, how much room is left."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from nearer.accounts.models import User
from nearer.backups import schema
from nearer.database import cannot_store
from nearer.disk import AGAIN, room
from nearer.vault.errors import VaultError
from nearer.vault.models import StoredKey

# SQLite writes these beside a database.
BESIDE = ("", "-wal", "-shm", "-journal")


class Store(StrEnum):
    """How one database is."""

    FITS = "ok"
    SILENT = "does not answer"
    BEHIND = "behind"  # the next start brings it up to date
    LATER = "of a later major version"
    AHEAD = "ahead"  # a newer version wrote it; within one major version this one goes on working


class Keys(StrEnum):
    """Whether the key store is that of the records."""

    FIT = "ok"
    MISSING = "missing"
    UNKNOWN = "unknown"  # a database does not answer


def store(alias: str) -> Store:
    """Return how a database is; looking writes nothing.

    Args:
        alias: "default" for the records, "keys" for the key store.
    """
    try:
        applied = set(MigrationRecorder(connections[alias]).applied_migrations())
    except DatabaseError:
        return Store.SILENT
    if schema.is_of_later_major(applied):
        return Store.LATER
    if _ours() - applied:
        return Store.BEHIND
    names = {app for app, _name in _ours()}
    return Store.AHEAD if {each for each in applied if each[0] in names} - _ours() else Store.FITS


def why_not(problem: DatabaseError) -> str:
    """Return in one sentence what to do where the databases kept a command from its work; "" where they did not."""
    if cannot_store(problem):
        return _("Nothing was changed: the disk is full, or %(path)s can only be read.") % {
            "path": settings.CONFIG.data
        }
    found = {store(alias) for alias in settings.DATABASES}
    if Store.SILENT in found:
        return _("A database does not answer, or is damaged: `nearer check` says which, and what to do.")
    if Store.BEHIND in found:
        return _(
            "The databases are not there yet, or older than this version: `nearer serve` makes them, or brings them up to date. If there is a copy elsewhere, NEARER_DATA has to name its folder: this was %(path)s."
        ) % {"path": settings.CONFIG.data}
    return ""


@cache
def _ours() -> frozenset[tuple[str, str]]:
    """Return the migrations of this version, as app and name."""
    return frozenset(MigrationLoader(None).disk_migrations or ())


def keys() -> Keys:
    """Say whether there are keys wherever there are accounts: a store that was lost, or another copy's, shows itself so."""
    try:
        return Keys.MISSING if User.objects.exists() and not StoredKey.objects.exists() else Keys.FIT
    except (DatabaseError, VaultError):
        return Keys.UNKNOWN


def files() -> list[Path]:
    """Return the files of the databases that are files, with what SQLite keeps beside them."""
    named = [
        Path(f"{each['NAME']}{end}")
        for each in settings.DATABASES.values()
        if each["ENGINE"].endswith("sqlite3")
        for end in BESIDE
    ]
    return [path for path in named if path.exists()]


def left() -> int:
    """Return how many bytes there are where there are fewest: in the data folder, and wherever a database is a file."""
    return min(room(folder) for folder in {settings.CONFIG.data, *settings.DISKS})


def is_short_of_room() -> bool:
    """Say whether the disk is about to be full."""
    return left() < AGAIN
