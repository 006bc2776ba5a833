"""What the two keep."""

from django.apps import AppConfig


class KeepsakesConfig(AppConfig):
    """Names the app."""

    name = "nearer.keepsakes"
    label = "keepsakes"
