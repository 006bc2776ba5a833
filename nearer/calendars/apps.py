"""Calendars."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Names the app."""

    name = "nearer.calendars"
    label = "calendars"
