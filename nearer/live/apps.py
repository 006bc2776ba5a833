"""Django's entry for the live notices."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete


class LiveConfig(AppConfig):
    """No tables: notices are never kept."""

    name = "nearer.live"
    label = "live"

    def ready(self) -> None:
        """Let the streams of a session that has ended find out at once, whichever way it ended."""
        post_delete.connect(_ended, sender="vault.SealedSession")


def _ended(instance: Any, using: str, **_kwargs: Any) -> None:
    from nearer.live.hub import recheck
    from nearer.vault.tokens import id_of

    transaction.on_commit(partial(recheck, id_of(instance.token_hash)), using=using)
