"""A backup that is opened beside the running copy, brought up to date there, and looked at row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from nearer.backups import schema
from nearer.backups.archive import About, Kind, not_one, open_sealed
from nearer.backups.errors import DoesNotFit, TooNew
from nearer.backups.files import Stores, address_of, beside, is_in_order
from nearer.backups.work import need_room
from nearer.vault.age import Readable
from nearer.vault.models import Identity, StoredKey
from nearer.vault.router import looking_at

TRIAL, KEYS_TRIAL = "trial", "keys_trial"
TOGETHER = timedelta(minutes=10)  # two backups of one night


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A backup that opened, and is up to date.

    Attributes:
        stores: where it lies for now.
        made_at: the moment it shows.
        files: the small files that came along.
        shut: how many of its rows cannot open for anybody.
    """

    stores: Stores
    made_at: datetime
    files: dict[str, bytes]
    shut: int


@contextmanager
def tried(
    work: Path,
    secret: str,
    *,
    records: Readable,
    keys: Readable | None,
    present: str = "keys",
    even_so: bool = False,
) -> Iterator[Tried]:
    """Open a backup beside the running copy while the block runs.

    Args:
        work: an empty folder.
        secret: the key that opens it.
        records: the sealed backup of the records.
        keys: the sealed backup of the key store; None to look at these records with the key store there is.
        present: the alias of that one.
        even_so: whether an older key store than the records is good enough.

    Raises:
        DoesNotOpen: one of them is cut or changed, or the key is another one.
        TooNew: it comes from a newer version.
        DoesNotFit: the two do not belong together.
    """
    about = _opened(records, secret, work, Kind.RECORDS)
    along = _opened(keys, secret, work, Kind.KEYS) if keys else None
    if along and not even_so:
        _refuse_older(about.made_at, along.made_at)
    with laid_open(work / Kind.RECORDS, work / Kind.KEYS if along else None, present=present) as stores:
        yield Tried(
            stores=stores,
            made_at=about.made_at,
            files=along.contents() if along else {},
            shut=cannot_open(stores),
        )


@contextmanager
def laid_open(records: Path, keys: Path | None, *, present: str = "keys") -> Iterator[Stores]:
    """Open both files beside the running copy, and bring them up to date; they have to belong together."""
    with ExitStack() as stack:
        trial = stack.enter_context(beside(TRIAL, address_of(records)))
        key_store = stack.enter_context(beside(KEYS_TRIAL, address_of(keys))) if keys else present
        stores = Stores(trial, key_store)
        for alias in stores.both() if keys else (trial,):
            schema.bring_up_to_date(alias)
        if not belong_together(stores):
            raise DoesNotFit(
                _("These records and this key store belong to two different copies. Nothing was changed.")
                if keys
                else _(
                    "The key store that is here does not belong to these records: name its backup as well, with --keys. Nothing was changed."
                )
            )
        yield stores


def belong_together(stores: Stores) -> bool:
    """Say whether the key store has the secret of anybody in the records; where nobody is, any will do."""
    names = people_in(stores.records)
    return not names or bool(names & secrets_in(stores.keys))


def people_in(alias: str) -> set[object]:
    """Return what the secrets of all people of a database are called."""
    return set(Identity.objects.using(alias).values_list("shred", flat=True))


def secrets_in(alias: str) -> set[object]:
    """Return what all secrets of a key store are called."""
    return set(StoredKey.objects.using(alias).values_list("owner", flat=True))


def cannot_open(stores: Stores) -> int:
    """Look at every row, and return how many cannot open for anybody."""
    walk: Callable[[], Iterable[object]] = import_string(settings.BACKUP_WALK)
    with looking_at(*stores.both()):
        return sum(1 for _found in walk())


def _opened(source: Readable, secret: str, work: Path, kind: Kind) -> About:
    about = open_sealed(source, secret, work / kind, kind, may_go_on=lambda: need_room(0))
    if schema.major_of(about.version) != f"{schema.ours()}":
        raise TooNew(
            _(
                "This backup is of Nearer %(theirs)s and this is %(ours)s. Restore it with a program of its own major version first."
            )
            % {"theirs": about.version, "ours": version("nearer")}
        )
    if not is_in_order(work / kind):
        raise not_one()
    return about


def _refuse_older(records: datetime, keys: datetime) -> None:
    if keys < records - TOGETHER:
        raise DoesNotFit(
            _(
                "This key store is older than the records: what people began between %(keys)s and %(records)s would open for nobody. "
                "Take a newer backup of the key store, or older records; --even-so restores it all the same."
            )
            % {"keys": keys.date(), "records": records.date()}
        )
