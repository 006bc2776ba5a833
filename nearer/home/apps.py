"""Home: today's page."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Names the app."""

    name = "nearer.home"
    label = "home"
