"""Making a backup: while the copy runs, sealed to whoever runs it, the records and the key store apart."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from nearer.backups import state
from nearer.backups.along import small_files
from nearer.backups.archive import About, Kind, seal
from nearer.backups.errors import BackupError, NotSetUp, NotStored
from nearer.backups.files import HERE, Stores, snapshot
from nearer.backups.places import Place, name_of, place
from nearer.backups.rules import outlived_keys, outlived_records
from nearer.backups.trying import tried
from nearer.backups.work import need_room, size_of, workroom
from nearer.vault.age import new_pair

FOLDER = "backups"


@dataclass(frozen=True, kw_only=True)
class Made:
    """A backup that was stored.

    Attributes:
        names: of its two files.
        shut: of one that was restored for a test, how many rows cannot open; None where it was not.
    """

    names: tuple[str, str]
    shut: int | None


def back_up(at: datetime, *, tests: bool = False, stores: Stores = HERE) -> Made:
    """Make a backup now, and let go what has outlived itself.

    Args:
        at: now.
        tests: whether to read it back and restore it beside the running copy. For that it is sealed to a second
            recipient, whose secret is in memory alone and forgotten afterwards.
        stores: what to back up.

    Returns:
        What was made.

    Raises:
        BackupError: it was not; the message says what to do.
    """
    if not state.is_set_up():
        raise NotSetUp(
            _(
                "Nobody has said to whom backups are sealed. Make a key with: nearer backup --new-key FILE, and keep that file elsewhere."
            )
        )
    try:
        made = _back_up(at, tests=tests, stores=stores)
    except (BackupError, DatabaseError, OSError) as problem:
        state.note(failed_at=at)
        if isinstance(problem, BackupError):
            raise
        raise NotStored(
            _("The backup could not be made: the disk is full, or a database does not answer.")
        ) from problem
    finally:
        # What people erased is gone from backups after seven days, whether there are newer ones or not.
        with suppress(BackupError, OSError):
            _place(Kind.KEYS).clear(partial(outlived_keys, at=at))
    state.note(made_at=at)
    if made.shut is not None:
        state.note(tested_at=at, shut=made.shut)
    return made


def _back_up(at: datetime, *, tests: bool, stores: Stores) -> Made:
    with workroom() as work:
        need_room(3 * size_of(*stores.both()))
        secret, second = new_pair()
        recipients = (state.recipient(), *([second] if tests else []))
        # The key store last: it then has the secrets of everything in the records.
        stored = {
            kind: _one(work, kind, alias, at, recipients)
            for kind, alias in zip(Kind, stores.both(), strict=True)
        }
        _place(Kind.RECORDS).clear(outlived_records)
        shut = _test(work, secret, stored) if tests else None
    return Made(names=(name_of(Kind.RECORDS, at), name_of(Kind.KEYS, at)), shut=shut)


def _one(work: Path, kind: Kind, alias: str, at: datetime, recipients: tuple[str, ...]) -> Path:
    """Store one of the two; return where it can be read again."""
    copied, sealed = work / f"{kind}.sqlite3", work / f"{kind}.age"
    snapshot(alias, copied)
    files = small_files() if kind is Kind.KEYS else {}
    about = About.of(copied, kind, at=at, version=version("nearer"), files=files)
    with sealed.open("xb") as file:
        seal(about, copied, file, *recipients)
    if kind is Kind.RECORDS:
        copied.unlink()
    return _place(kind).put(sealed, name_of(kind, at))


def _test(work: Path, secret: str, stored: dict[Kind, Path]) -> int:
    with (
        stored[Kind.RECORDS].open("rb") as records,
        stored[Kind.KEYS].open("rb") as keys,
        tried(work, secret, records=records, keys=keys) as found,
    ):
        return found.shut


def _place(kind: Kind) -> Place:
    config = settings.CONFIG
    told = config.backup_to if kind is Kind.RECORDS else config.backup_keys_to
    return place(told, config.data / FOLDER / kind)
