"""Django's entry for the first run."""

from django.apps import AppConfig


class FirstRunConfig(AppConfig):
    """No tables: what is set lies in a file that the next start reads."""

    name = "nearer.firstrun"
    label = "firstrun"
