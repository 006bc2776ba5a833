"""What the room says about itself."""

from django.utils.translation import gettext_lazy as _

from nearer.sittings import practice

ROOM = "with-you"


class SupportConfig(practice.PracticeConfig):
    """With You."""

    name = "nearer.practices.support"
    label = "support"
    title = _("With You")
    summary = _("One says what would help now. The other is there, and listens first.")
    tip = 5
    glyph = "support"
    minutes = 15
    style = "support/support.css"
    script_path = "support/breathe.js"
    address = ROOM
    arrives = "support:sky"
