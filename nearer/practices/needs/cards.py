"""The cards: sixteen things people need from somebody close, in plain words, and what goes with them.

The sixteen follow self-determination theory (being free to choose, being good at things, being connected) and
lists of what relationships provide. They are not a scale, and nobody is measured with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Card:
    """One need.

    Attributes:
        name: what it is called.
        plain: what it means, said by whoever has it.
    """

    name: Any  # Any: lazily translated
    plain: Any


CARDS = (
    Card(_("Being understood"), _("You get what I mean, also the part I say badly.")),
    Card(_("Being accepted"), _("I can be the unpolished version of me with you.")),
    Card(_("Reassurance"), _("I hear that we are all right, most of all after a wobble.")),
    Card(_("Counting on you"), _("What we agree on tends to happen.")),
    Card(_("Honesty"), _("I find out from you, not later and not from others.")),
    Card(_("Appreciation"), _("What I do is noticed, and said out loud.")),
    Card(_("Being believed in"), _("You back me when I try something hard.")),
    Card(_("Having a say"), _("My view counts before things are decided.")),
    Card(_("Freedom to choose"), _("I can say no, or do it my way, without a price.")),
    Card(_("Time alone"), _("Quiet that is not taken as distance.")),
    Card(_("Comfort when low"), _("When I am down you come close before you fix.")),
    Card(_("Sharing the load"), _("The work of life is carried by two.")),
    Card(_("Warm touch"), _("A hug, a hand on the shoulder, sitting close.")),
    Card(_("Kind words"), _("I am told, not left to guess.")),
    Card(_("Fun together"), _("We laugh, and do things for no reason.")),
    Card(_("New things together"), _("We keep learning and trying things side by side.")),
)
IMPORTANCE = (_("not much"), _("a little"), _("quite"), _("a lot"), _("essential"))
MET = (_("hardly"), _("sometimes"), _("half"), _("mostly"), _("fully"))
STEMS = (
    _("What would a little more of this look like on an ordinary Tuesday?"),
    _("When did this go well between us? What was I doing?"),
    _("What does it feel like when it is missing?"),
    _("What do I do that gets in the way without my noticing?"),
    _("What is the smallest thing that would help?"),
    _("How would I know that you need this right now?"),
)


def name_of(card: int, name: str = "") -> str:
    """Return what a card is called: in somebody's own words where there are some.

    Args:
        card: its number; a card of somebody's own, or none, has no other name than theirs.
        name: own words for it.
    """
    return name or (str(CARDS[card].name) if card < len(CARDS) else "")
