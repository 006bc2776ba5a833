"""Django's entry for the server: it brings the command `serve`."""

from django.apps import AppConfig


class ServerConfig(AppConfig):
    """No tables of its own."""

    name = "nearer.server"
    label = "server"
