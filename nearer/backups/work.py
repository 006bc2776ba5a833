"""Room to work in: a folder of the data folder for one at a time, wiped before and after."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _

from nearer import disk
from nearer.backups.errors import BackupError, NotStored, Occupied
from nearer.backups.files import wipe
from nearer.backups.rows import RowsDiffer
from nearer.database import cannot_store
from nearer.standstill import StillBusy

FOLDER, LOCK = "backing-up", "backing-up.lock"
DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
SPARE = 2 * disk.AGAIN  # what the running copy needs to go on meanwhile


@contextmanager
def workroom() -> Iterator[Path]:
    """Yield an empty folder for copies of databases, which is gone afterwards.

    Raises:
        Occupied: a backup, a restore or a move is going on.
        NotStored: nothing can be written.
    """
    data = Path(settings.CONFIG.data)
    try:
        lock = os.open(data / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as problem:
        raise NotStored(_("Nothing can be written into %(path)s.") % {"path": data}) from problem
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            raise Occupied(
                _("A backup, a restore or a move is going on. Try again when it is done.")
            ) from problem
        folder = data / FOLDER
        clear(folder)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            clear(folder)
    finally:
        os.close(lock)


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Say in a sentence what went wrong with disks and databases; by then everything was rolled back."""
    try:
        yield
    except StillBusy as problem:
        raise Occupied(
            _("Something in the running copy does not end. Stop it, and try again. Nothing was changed.")
        ) from problem
    except (DatabaseError, OSError, RowsDiffer) as problem:
        if isinstance(problem, OSError) or cannot_store(problem):
            raise NotStored(_("The disk is full, or can only be read. Nothing was changed.")) from problem
        if getattr(problem.__cause__, "sqlite_errorname", "") in DAMAGED:
            raise BackupError(
                _(
                    "The database here is damaged. Stop Nearer, move that file with its -wal and -shm out of the data folder, and restore again."
                )
            ) from problem
        raise BackupError(
            _("A database does not answer as it should: %(kind)s. Nothing was changed.")
            % {"kind": type(problem.__cause__ or problem).__name__}
        ) from problem


def clear(folder: Path) -> None:
    """Wipe a folder with copies of databases; a link in its place is removed, and what it leads to is left alone."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.is_dir():
        for each in folder.glob("keys*"):
            with suppress(OSError):
                wipe(each)
        shutil.rmtree(folder)


def size_of(*aliases: str) -> int:
    """Return how many bytes databases take."""
    return sum(map(_size, aliases))


def need_room(size: int) -> None:
    """Refuse what does not fit on the disk beside the running copy, before anything is written.

    Args:
        size: of all that is to be written, in bytes.

    Raises:
        NotStored: there is less room.
    """
    if disk.room(settings.CONFIG.data) < size + SPARE:
        raise NotStored(
            _("There is no room for this: %(size)d MB have to be free in %(path)s. Nothing was changed.")
            % {"size": (size + SPARE) // disk.MEGABYTE + 1, "path": settings.CONFIG.data}
        )


def _size(alias: str) -> int:
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
