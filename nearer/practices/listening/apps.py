"""What the room says about itself."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from nearer.sittings import practice


class ListeningConfig(practice.PracticeConfig):
    """The Floor."""

    name = "nearer.practices.listening"
    label = "listening"
    title = _("The Floor")
    summary = _("One speaks. The other says back what they heard. Then you change places.")
    tip = 2
    glyph = "listen"
    minutes = 12
    draws = MappingProxyType({"ideas": ("listening.topics", 3)})
    style = "listening/listening.css"
    parks = True
