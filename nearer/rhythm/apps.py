"""A rhythm to live with."""

from django.apps import AppConfig


class RhythmConfig(AppConfig):
    """Names the app."""

    name = "nearer.rhythm"
    label = "rhythm"
