"""How a copy is, for whoever runs it."""

from django.apps import AppConfig


class OperatingConfig(AppConfig):
    """Names the app."""

    name = "nearer.operating"
    label = "operating"
