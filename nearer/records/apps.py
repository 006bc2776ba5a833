"""Records: what outlives a sitting."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Names the app."""

    name = "nearer.records"
    label = "records"
