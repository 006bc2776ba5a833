"""Photos and voice notes."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Names the app."""

    name = "nearer.files"
    label = "files"
