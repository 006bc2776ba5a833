"""Leaving, keeping, erasing."""

from django.apps import AppConfig


class LeavingConfig(AppConfig):
    """Names the app."""

    name = "nearer.leaving"
    label = "leaving"
