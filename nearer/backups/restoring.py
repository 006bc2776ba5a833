"""Restoring: the rows of a backup take the place of those that are here, all of them in one transaction or none.

So a restore that fails, or is killed in the middle, is rolled back by the database itself, and a copy that runs meanwhile
says "back in a minute" and goes on. How it was before stays as a restore point for seven days.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext as _

from nearer.backups import points, rows, schema
from nearer.backups.along import Came, small_files, take_along
from nearer.backups.errors import DoesNotFit, Occupied
from nearer.backups.files import HERE, Stores
from nearer.backups.points import KEYS, RECORDS, Point
from nearer.backups.trying import cannot_open, laid_open, people_in, secrets_in, tried
from nearer.backups.work import in_plain_words, need_room, size_of, workroom
from nearer.database import settle_files, writing
from nearer.standstill import standstill
from nearer.vault.age import Readable
from nearer.vault.models import Identity, SealedSession

COULD_SAY_NO = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What was restored.

    Attributes:
        made_at: the moment the backup shows.
        rows: how many rows are there now.
        shut: how many of them cannot open for anybody, such as what was erased since.
        point: what was here before; None where nobody was.
        came: what else came along. With other keys, or settings, a running program has to be started again.
    """

    made_at: datetime
    rows: int
    shut: int
    point: Point | None
    came: Came


def restore(
    records: Readable,
    secret: str,
    *,
    at: datetime,
    keys: Readable | None = None,
    to: Stores = HERE,
    even_so: bool = False,
) -> Restored:
    """Put a backup in the place of what is here. Everybody has to log in again.

    Args:
        records: the sealed backup of the records, opened for reading.
        secret: the key that opens it (AGE-SECRET-KEY-…).
        at: now.
        keys: the sealed backup of the key store; None to go on with the key store that is here, by which whoever was
            erased since stays erased.
        to: the databases of this copy.
        even_so: whether to do it where the two do not suit each other, or what is here.

    Raises:
        BackupError: it was not done, and nothing was changed; the kind of error and its sentence say why.
    """
    with (
        in_plain_words(),
        workroom() as work,
        tried(work, secret, records=records, keys=keys, present=to.keys, even_so=even_so) as found,
    ):
        if not even_so:
            _refuse_harm(found.stores, to, brings_keys=keys is not None)
        return _put(found.stores, to, made_at=found.made_at, files=found.files, shut=found.shut, at=at)


def try_out(
    records: Readable, secret: str, *, keys: Readable | None = None, even_so: bool = False
) -> tuple[datetime, int]:
    """Restore a backup beside the running copy, look at every row, and let it go again.

    Returns:
        The moment it shows, and how many of its rows cannot open for anybody.

    Raises:
        BackupError: it cannot be restored.
    """
    with (
        in_plain_words(),
        workroom() as work,
        tried(work, secret, records=records, keys=keys, even_so=even_so) as found,
    ):
        return found.made_at, found.shut


def go_back(point: Point, *, at: datetime, to: Stores = HERE) -> Restored:
    """Put a restore point in the place of what is here.

    Raises:
        BackupError: it was not done, and nothing was changed.
    """
    with in_plain_words(), workroom() as work:
        need_room(2 * size_of(*to.both()))
        for name in (RECORDS, KEYS):
            shutil.copyfile(point.folder / name, work / name)
        with laid_open(work / RECORDS, work / KEYS) as stores:
            files = small_files(point.folder)
            return _put(stores, to, made_at=point.at, files=files, shut=cannot_open(stores), at=at)


def _put(
    found: Stores, to: Stores, *, made_at: datetime, files: dict[str, bytes], shut: int, at: datetime
) -> Restored:
    need_room(2 * size_of(*found.both()) + size_of(*to.both()))
    with standstill():
        for alias in to.both():
            schema.bring_up_to_date(alias)
        point = points.make(at, stores=to) if people_in(to.records) else None
        brings_keys = found.keys != to.keys
        if brings_keys:
            with writing(using=to.keys):
                rows.add_missing(found.keys, to.keys, schema.models_for(to.keys))
        put = _replace(found, to, at=at, keeps_erased=not brings_keys)
        came = take_along(files)
        settle_files()
    return Restored(made_at=made_at, rows=put, shut=shut, point=point, came=came)


def _replace(found: Stores, to: Stores, *, at: datetime, keeps_erased: bool) -> int:
    tables = schema.models_for(to.records)
    with writing(using=to.records):
        rows.lock(to.records, tables, mode="ACCESS EXCLUSIVE")
        going = dict(_accounts(to).values_list("pk", "deleted_on"))
        put = rows.count(rows.replace(found.records, to.records, tables))
        SealedSession.objects.using(to.records).all().delete()
        for user, day in _days_of_deletion(to, going, at=at, keeps_erased=keeps_erased).items():
            _accounts(to).filter(pk=user).update(deleted_on=day)
    return put


def _days_of_deletion(
    to: Stores, going: dict[object, date | None], *, at: datetime, keeps_erased: bool
) -> dict[object, date | None]:
    """Return on which day accounts go, where the backup says otherwise.

    Who was erased since goes again, with the next pruning: nobody can open what was theirs. What somebody asked for, or took
    back, since then holds; and where that is not known, nobody goes before they could have said no.
    """
    gone = people_in(to.records) - secrets_in(to.keys) if keeps_erased else set()
    rows_of = Identity.objects.using(to.records).values_list("user_id", "shred")
    erased = {user: at.date() for user, shred in rows_of if shred in gone}
    soon = (at + COULD_SAY_NO).date()
    told = {
        user: going[user] if user in going else max(day, soon)
        for user, day in _accounts(to).exclude(deleted_on=None).values_list("pk", "deleted_on")
    }
    asked = {user: day for user, day in going.items() if day is not None}
    return {**asked, **told, **erased}


def _accounts(to: Stores) -> models.QuerySet[Any]:  # Any: whatever the model of accounts is
    return get_user_model()._default_manager.using(to.records).all()


def _refuse_harm(found: Stores, to: Stores, *, brings_keys: bool) -> None:
    there = (
        people_in(to.records) if schema.applied(to.records) and not schema.is_behind(to.records) else set()
    )
    if there and not there & people_in(found.records):
        raise Occupied(
            _(
                "This backup belongs to other people than this copy. Restore it into a copy of its own; --even-so puts it here all the same."
            )
        )
    if brings_keys and schema.applied(to.keys) and people_in(found.records) & secrets_in(to.keys):
        raise DoesNotFit(
            _(
                "The key store that is here belongs to these records already: leave out --keys. With them, what people erased since would be back. "
                "If the key store that is here is damaged, --even-so adds what is missing."
            )
        )
