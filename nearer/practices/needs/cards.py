"""The cards: sixteen things people need from somebody close, in plain words, and what goes with them.

The sixteen follow self-determination theory (being free to choose, being good at things, being connected) and
lists of what relationships provide. They are not a scale, and nobody is measured with them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nearer.content.decks import deck


@dataclass(frozen=True)
class Card:
    """One need.

    Attributes:
        name: what it is called.
        plain: what it means, said by whoever has it.
    """

    name: str
    plain: str


IMPORTANCE = (_("not much"), _("a little"), _("quite"), _("a lot"), _("essential"))
MET = (_("hardly"), _("sometimes"), _("half"), _("mostly"), _("fully"))


def all_cards() -> tuple[Card, ...]:
    """Return the sixteen cards, in the order in which moves number them."""
    return tuple(Card(name=each.name, plain=each.text) for each in deck("needs.cards").entries)


def questions() -> tuple[str, ...]:
    """Return open questions about a need."""
    return tuple(each.text for each in deck("needs.questions").entries)


def name_of(card: int, name: str = "") -> str:
    """Return what a card is called: in somebody's own words where there are some.

    Args:
        card: its number; a card of somebody's own, or none, has no other name than theirs.
        name: own words for it.
    """
    cards = () if name else all_cards()
    return name or (cards[card].name if card < len(cards) else "")
