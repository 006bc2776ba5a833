"""The seven cards in words, with what helps and what rather not."""

from __future__ import annotations

from dataclasses import dataclass

from nearer.content.decks import deck
from nearer.practices.support.moves import Wish


@dataclass(frozen=True, kw_only=True)
class Card:
    """What one may ask for.

    Attributes:
        wish: which it is.
        name: what it is called.
        text: what it says.
        do: what helps, in three short lines.
        avoid: what rather not, in three short lines.
    """

    wish: Wish
    name: str
    text: str
    do: tuple[str, ...]
    avoid: tuple[str, ...]


def card(wish: str) -> Card:
    """Return one card."""
    entry = deck("support.cards")[wish]
    return Card(
        wish=Wish(wish), name=entry.name, text=entry.text, do=_lines("do", wish), avoid=_lines("avoid", wish)
    )


def cards() -> list[Card]:
    """Return all seven, in their order."""
    return [card(wish) for wish in Wish]


def texts(name: str) -> tuple[str, ...]:
    """Return the texts of one of the room's decks."""
    return tuple(entry.text for entry in deck(f"support.{name}").entries)


def _lines(name: str, wish: str) -> tuple[str, ...]:
    return tuple(entry.text for entry in deck(f"support.{name}").entries if entry.facts["for"] == wish)
