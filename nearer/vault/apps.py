"""The vault as a Django app: wrapped keys, the key store and the session store."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Names the app."""

    name = "nearer.vault"
    label = "vault"
