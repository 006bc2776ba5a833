"""Moving a copy to other databases, of either kind: every row is copied, and compared, while nothing goes on."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from nearer.backups import points, rows, schema
from nearer.backups.errors import BackupError, Occupied
from nearer.backups.files import HERE, LOGS, beside
from nearer.backups.points import KEYS, RECORDS
from nearer.backups.trying import people_in, secrets_in
from nearer.backups.work import in_plain_words, workroom
from nearer.database import writing
from nearer.standstill import here, move_away, standstill

THERE, KEYS_THERE = "there", "keys_there"


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What was moved.

    Attributes:
        rows: how many rows were copied, and found the same.
        left_over: the databases that were left and hold everything still, by their variables; files were set aside.
    """

    rows: int
    left_over: tuple[str, ...]


def move(records: str, keys: str, *, at: datetime, even_so: bool = False) -> Moved:
    """Copy everything to other databases, compare every row, and leave the old ones for good.

    A running copy says "back in a minute" from the beginning on, until it is started with the new addresses.

    Args:
        records: the address of the new database of the records; "" to leave them where they are.
        keys: the same for the key store.
        at: now.
        even_so: whether to write over what is there.

    Raises:
        BackupError: it was not done; what is here was not changed, and goes on.
    """
    config = settings.CONFIG
    ways = {
        HERE.records: (THERE, records if records != config.database_url else ""),
        HERE.keys: (KEYS_THERE, keys if keys != config.keys_database_url else ""),
    }
    ways = {alias: way for alias, way in ways.items() if way[1]}
    if not ways or (records or config.database_url) == (keys or config.keys_database_url):
        raise BackupError(
            _("Name another database to move to: one for the records, and another one for the key store.")
        )
    with in_plain_words(), workroom(), ExitStack() as stack:
        _need_up_to_date()
        for there, url in ways.values():
            stack.enter_context(beside(there, url))
            _make_ready(there, even_so=even_so)
        with standstill():
            copied = sum(_copy(alias, there) for alias, (there, _url) in reversed(ways.items()))
            move_away(Path(config.data), here())
            left = _set_aside(list(ways), at)
    return Moved(rows=copied, left_over=left)


def _need_up_to_date() -> None:
    for alias in HERE.both():
        schema.refuse_newer(alias)
        if schema.is_behind(alias):
            raise BackupError(
                _("Start this version of Nearer once before moving: the databases have to be up to date.")
            )


def _make_ready(there: str, *, even_so: bool) -> None:
    connections[there].ensure_connection()
    schema.bring_up_to_date(there)
    found = secrets_in(there) if there == KEYS_THERE else people_in(there)
    if found and not even_so:
        raise Occupied(
            _("Somebody is in the database to move to already. Name an empty one; --even-so writes over it.")
        )


def _copy(alias: str, there: str) -> int:
    models = schema.models_for(alias)
    with writing(using=alias), writing(using=there):
        rows.lock(alias, models, mode="SHARE")
        return rows.count(rows.replace(alias, there, models))


def _set_aside(aliases: list[str], at: datetime) -> tuple[str, ...]:
    """Put SQLite files that were left among the restore points, where they live for seven days."""
    names = {HERE.records: ("NEARER_DATABASE_URL", RECORDS), HERE.keys: ("NEARER_KEYS_DATABASE_URL", KEYS)}
    left = []
    for alias in aliases:
        variable, name = names[alias]
        if not _is_set_aside(alias, points.place_for(at).folder / name):
            left.append(variable)
    return tuple(left)


def _is_set_aside(alias: str, to: Path) -> bool:
    if connections[alias].vendor != "sqlite":
        return False
    path = Path(str(connections[alias].settings_dict["NAME"]))
    connections[alias].close()
    with suppress(OSError):  # such as another disk: it stays where it is, and is named
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for end in ("", *LOGS):
            if (old := path.with_name(path.name + end)).exists():
                old.replace(to.with_name(to.name + end))
        return True
    return False
