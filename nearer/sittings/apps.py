"""Sittings: one run of a practice by a bond."""

from django.apps import AppConfig


class SittingsConfig(AppConfig):
    """Names the app."""

    name = "nearer.sittings"
    label = "sittings"
