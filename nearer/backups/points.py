"""Restore points: both databases as they were before something large, in the data folder, for seven days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from nearer import ownfile
from nearer.backups.along import small_files
from nearer.backups.files import HERE, Stores, snapshot
from nearer.backups.places import STAMP
from nearer.backups.rules import KEYS_LIVE
from nearer.backups.work import clear, need_room, size_of

FOLDER, DRAFT = "before", ".new"
RECORDS, KEYS = "records.sqlite3", "keys.sqlite3"


@dataclass(frozen=True, order=True)
class Point:
    """One restore point.

    Attributes:
        at: the moment it shows.
        folder: where it is.
    """

    at: datetime
    folder: Path

    @property
    def records(self) -> Path:
        """The records."""
        return self.folder / RECORDS

    @property
    def keys(self) -> Path:
        """The key store."""
        return self.folder / KEYS


def make(at: datetime, *, stores: Stores = HERE) -> Point:
    """Keep both databases as they are now.

    Raises:
        NotStored: there is no room for that.
    """
    need_room(size_of(*stores.both()))
    point = place_for(at)
    draft = point.folder.with_name(point.folder.name + DRAFT)
    clear(draft)
    draft.mkdir(mode=0o700, parents=True)
    snapshot(stores.records, draft / RECORDS)
    snapshot(stores.keys, draft / KEYS)
    for name, content in small_files(Path(settings.CONFIG.data)).items():
        ownfile.write(draft / name, content)
    clear(point.folder)
    draft.rename(point.folder)
    return point


def place_for(at: datetime) -> Point:
    """Return the restore point that would show a moment."""
    second = at.astimezone(UTC).replace(microsecond=0)
    return Point(second, _folder() / second.strftime(STAMP))


def kept() -> list[Point]:
    """Return the restore points there are, the oldest first; of a move, one may hold a single database."""
    found = []
    for folder in _folder().glob("*"):
        try:
            at = datetime.strptime(folder.name, STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append(Point(at, folder))
    return sorted(found)


def drop_old(at: datetime) -> None:
    """Wipe what is older than seven days, and what was never finished: it holds what people erased since."""
    for point in kept():
        if at - point.at >= KEYS_LIVE:
            clear(point.folder)
    for draft in _folder().glob(f"*{DRAFT}"):
        clear(draft)


def _folder() -> Path:
    return Path(settings.CONFIG.data) / FOLDER
