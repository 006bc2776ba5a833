"""Django's entry for the demo: it brings its page and its look, and is installed nowhere but in the demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """No tables."""

    name = "nearer.demo"
    label = "demo"
