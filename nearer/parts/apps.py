"""The parts as an app, so that their templates are found."""

from django.apps import AppConfig


class PartsConfig(AppConfig):
    """The parts of a conversation."""

    name = "nearer.parts"
    label = "parts"
