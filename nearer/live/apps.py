"""Django's entry for the live notices."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """No tables: notices are never kept."""

    name = "nearer.live"
    label = "live"
