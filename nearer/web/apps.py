"""The look of Nearer: base pages, components, error pages, headers and the public help page."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and pages that need neither a session nor a database."""

    name = "nearer.web"
    label = "web"
