"""What the room says about itself."""

from nearer.sittings import practice


class HarbourConfig(practice.PracticeConfig):
    """The Harbour."""

    name, label, title = "nearer.practices.harbour", "harbour", "The Harbour"
    summary, tip, minutes = "Each says one good thing about today.", 7, 2
