"""What the room says about itself."""

from django.utils.translation import gettext_lazy as _

from nearer.sittings import practice


class CloserConfig(practice.PracticeConfig):
    """Closer."""

    name = "nearer.practices.closer"
    label = "closer"
    title = _("Closer")
    summary = _("One question, and both of you answer it. Nothing opens before both are in.")
    tip = 3
    glyph = "trust"
    minutes = 30
    style = "closer/closer.css"
