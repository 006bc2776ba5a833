"""Home: today's page."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Names the app."""

    name = "nearer.home"
    label = "home"

    def ready(self) -> None:
        """Keep somebody's places for them as soon as they show that they have not lost their ways in."""
        from nearer.accounts.events import shown
        from nearer.home import letting_in

        shown.connect(letting_in.keep_places)
