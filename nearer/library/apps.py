"""The library."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Names the app."""

    name = "nearer.library"
    label = "library"

    def ready(self) -> None:
        """Hear of accounts that go."""
        from nearer.accounts.events import goes
        from nearer.library import bylines

        goes.connect(bylines.forget)
