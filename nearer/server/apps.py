"""Django's entry for the server: it brings the command `serve`."""

from django.apps import AppConfig


class ServerConfig(AppConfig):
    """No tables of its own."""

    name = "nearer.server"
    label = "server"

    def ready(self) -> None:
        """Let `nearer check` look at the files, too."""
        from nearer.server import checks  # noqa: F401 - importing it registers the check
