"""What the Needs Mirror gives two people to talk about: what matters to both, as both have seen it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nearer.bonds.place import Place
from nearer.practices.needs import mirror
from nearer.practices.needs.cards import name_of
from nearer.practices.needs.kept import ROUND
from nearer.practices.needs.moves import CARDS
from nearer.records.keeping import Gathered

KINDS = (ROUND,)


def grown(found: Gathered, place: Place) -> list[str]:
    """Return a question for each card that both rated high in their latest maps."""
    rounds = found.shown(ROUND)
    both = sorted(mirror.strengths(rounds[-1].document.opened)) if rounds else []
    asks = _("“%(need)s” matters to you both. When did you last have it together, and what made it so?")
    return [asks % {"need": name_of(card)} for card in both if card < CARDS]
