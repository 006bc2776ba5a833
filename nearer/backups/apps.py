"""Backups as a Django app: it brings the commands `backup`, `restore` and `move`."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class BackupsConfig(AppConfig):
    """No tables of its own."""

    name = "nearer.backups"
    label = "backups"

    def ready(self) -> None:
        """Let each update leave the mark of its major version."""
        post_migrate.connect(
            _mark, sender=apps.get_app_config("vault")
        )  # it is told of by apps with tables alone


def _mark(*, using: str, **_told: Any) -> None:  # Any: as Django has it
    from nearer.backups import schema

    schema.mark(using)
