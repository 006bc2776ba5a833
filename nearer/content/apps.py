"""Tells Django that decks are here."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Decks."""

    name = "nearer.content"
    label = "content"
