"""Bonds: exactly two people each."""

from django.apps import AppConfig


class BondsConfig(AppConfig):
    """Names the app."""

    name = "nearer.bonds"
    label = "bonds"
