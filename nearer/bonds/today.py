"""What a bond shows on Today: its first question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from nearer.bonds.place import Place
from nearer.web.cards import Card, Rank


class Looking(Protocol):
    """Whoever looks: all that is used of what cards are made of."""

    @property
    def place(self) -> Place:
        """Their place."""

    @property
    def away(self) -> frozenset[str]:
        """The ids of what they put out of their own sight."""


def cards(here: Looking) -> Iterator[Card]:
    """Yield the first question, as this person may see it."""
    first = here.place.first
    if first is not None and str(here.place.bond.pk) not in here.away:
        asks = not first.is_open and not first.mine
        yield Card(place=Rank.MINE if asks else Rank.GOING, template="bonds/first_card.html")
