"""Backups as a Django app: it brings the commands `backup`, `restore` and `move`."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """No tables of its own."""

    name = "nearer.backups"
    label = "backups"
