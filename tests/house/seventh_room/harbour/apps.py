"""What the room says about itself."""

from nearer.sittings import practice


class HarbourConfig(practice.PracticeConfig):
    """The Harbour."""

    name = "nearer.practices.harbour"
    label = "harbour"
    title = "The Harbour"
    summary = "Each says one good thing about today."
    tip = 7
    minutes = 2
