"""Plans, and the parking place."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Names the app."""

    name = "nearer.plans"
    label = "plans"
