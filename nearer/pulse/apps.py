"""The pulse after a sitting."""

from django.apps import AppConfig


class PulseConfig(AppConfig):
    """Names the app."""

    name = "nearer.pulse"
    label = "pulse"
