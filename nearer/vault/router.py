"""Keeps the key store in the database `keys` and everything else out of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

KEYS = "keys"


class KeyStoreRouter:
    """Sends `StoredKey` to the key store; no other table is made there."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        """Return the alias to read `model` from, or None to leave it to Django."""
        return KEYS if model._meta.label_lower == "vault.storedkey" else None

    db_for_write = db_for_read

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **_hints: Any
    ) -> bool | None:
        """Say whether a table belongs into database `db`."""
        is_key_store = app_label == "vault" and model_name == "storedkey"
        return is_key_store == (db == KEYS)
