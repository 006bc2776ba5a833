"""What the room says about itself."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from nearer.sittings import practice


class NeedsConfig(practice.PracticeConfig):
    """The Needs Mirror."""

    name = "nearer.practices.needs"
    label = "needs"
    title = _("Needs Mirror")
    summary = _("Each says what matters, and guesses what matters to the other. Then you ask, and listen.")
    tip = 1
    glyph = "needs"
    address = "mirror"
    minutes = 25
    draws = MappingProxyType({"questions": ("needs.questions", 4)})
    style = "needs/needs.css"
