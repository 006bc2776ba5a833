"""The vault as a Django app: wrapped keys, the key store and the session store."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete


class VaultConfig(AppConfig):
    """Names the app."""

    name = "nearer.vault"
    label = "vault"

    def ready(self) -> None:
        """Let the drawer of a session close for good with it, whichever way the session ended."""
        post_delete.connect(_close, sender="vault.SealedSession")


def _close(instance: Any, **_kwargs: Any) -> None:
    from nearer.vault import store

    if instance.drawer:
        store.erase([instance.ref])
