"""Keeps the key store in the database `keys` and everything else out of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

KEYS = "keys"

_instead: ContextVar[tuple[str | None, str]] = ContextVar("instead", default=(None, KEYS))


@contextmanager
def looking_at(records: str, keys: str) -> Iterator[None]:
    """Let queries that name no database find other ones while the block runs, such as those of a backup that is tried.

    Args:
        records: an alias.
        keys: an alias that begins with "keys".
    """
    token = _instead.set((records, keys))
    try:
        yield
    finally:
        _instead.reset(token)


class KeyStoreRouter:
    """Sends `StoredKey` to the key store; no other table is made there."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        """Return the alias to read `model` from, or None to leave it to Django."""
        records, keys = _instead.get()
        return keys if model._meta.label_lower == "vault.storedkey" else records

    db_for_write = db_for_read

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **_hints: Any
    ) -> bool | None:
        """Say whether a table belongs into database `db`."""
        is_key_store = app_label == "vault" and model_name == "storedkey"
        return is_key_store == db.startswith(KEYS)
