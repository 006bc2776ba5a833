"""Records: what outlives a sitting."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Names the app."""

    name = "nearer.records"
    label = "records"

    def ready(self) -> None:
        """Keep what happens to people's ways in."""
        from nearer.accounts.events import happened
        from nearer.records import events

        happened.connect(events.keep)
