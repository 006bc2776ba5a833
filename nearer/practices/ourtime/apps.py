"""What the room says about itself."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from nearer.content.deck import Entry
from nearer.sittings import practice


class OurTimeConfig(practice.PracticeConfig):
    """Our Time."""

    name = "nearer.practices.ourtime"
    label = "ourtime"
    title = _("Our Time")
    summary = _("Find what you would both like to do, and when. Then be there.")
    tip = 4
    glyph = "time"
    minutes = 15
    style = "ourtime/ourtime.css"
    script_path = "ourtime/hand.js"
    address = "our-time"
    is_time = True
    draws = MappingProxyType({"ideas": ("time.ideas", 20)})

    def fits(self, entry: Entry) -> bool:
        """Whether an idea costs little enough to lie on the table without being asked for."""
        return int(entry.facts.get("cost", 0)) <= 1
