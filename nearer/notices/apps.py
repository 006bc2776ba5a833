"""Notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Names the app."""

    name = "nearer.notices"
    label = "notices"
