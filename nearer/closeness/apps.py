"""What grows between two people."""

from django.apps import AppConfig


class ClosenessConfig(AppConfig):
    """Names the app."""

    name = "nearer.closeness"
    label = "closeness"
