"""The library."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Names the app."""

    name = "nearer.library"
    label = "library"
