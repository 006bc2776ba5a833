"""A copy with a folder for its backups, and what to do with one."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import Settings

from nearer.backups import rows, schema, state
from nearer.backups.files import HERE
from nearer.backups.making import back_up
from nearer.backups.restoring import Restored, restore
from nearer.vault.age import new_pair
from nearer.vault.models import SealedSession


@dataclass(frozen=True)
class Keeper:
    """Whoever looks after a copy.

    Attributes:
        data: its data folder.
        secret: what opens its backups.
    """

    data: Path
    secret: str

    def back_up(self, at: datetime, *, tests: bool = False) -> tuple[Path, Path]:
        """Make a backup; return the files of the records and of the key store."""
        records, keys = back_up(at, tests=tests).names
        return self.data / "backups" / "records" / records, self.data / "backups" / "keys" / keys

    def restore(
        self,
        records: Path,
        keys: Path | None = None,
        *,
        at: datetime,
        secret: str = "",
        even_so: bool = False,
    ) -> Restored:
        """Restore one."""
        with records.open("rb") as source:
            if keys is None:
                return restore(source, secret or self.secret, at=at, even_so=even_so)
            with keys.open("rb") as along:
                return restore(source, secret or self.secret, keys=along, at=at, even_so=even_so)


def keeper(data: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    """Let this process keep its backups in a folder, and open databases that Django's tests do not know of."""
    guarded = inspect.getclosurevars(BaseDatabaseWrapper.ensure_connection).nonlocals
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", guarded["real_ensure_connection"])
    settings.CONFIG = replace(django_settings.CONFIG, data=data)
    secret, recipient = new_pair()
    state.seal_to(recipient)
    return Keeper(data, secret)


def everything() -> rows.Sums:
    """Return sums of all rows but sessions, which a restore ends."""
    found = [rows.sums(alias, schema.models_for(alias)) for alias in HERE.both()]
    return {name: each for sums in found for name, each in sums.items() if name != SealedSession._meta.label}
