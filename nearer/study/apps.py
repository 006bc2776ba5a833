"""Before and after, and studies."""

from django.apps import AppConfig


class StudyConfig(AppConfig):
    """Names the app."""

    name = "nearer.study"
    label = "study"
