"""What Today and Us are made of: a card says what it is, how pressing it is or where it belongs, and how it looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any


class Rank(IntEnum):
    """How pressing a card is on Today; the most pressing comes first."""

    NOW = 0  # the other is there
    CARE = 1  # something kind in a moment that is hard
    MINE = 2  # it waits for me
    NEW = 3  # it came, and I have not looked
    PLANNED = 4  # what the two have agreed
    NEXT = 5  # what the two could do next
    GOING = 6  # it goes on without me
    ASKS = 7  # a quiet question for oneself
    STANDS = 8  # it always stands here


class Part(IntEnum):
    """Where a card stands on Us."""

    NEAR = 0  # how close they feel
    PICTURES = 1  # what the two look at, and listen to
    SENTENCES = 2  # what they said, and kept
    PLANS = 3
    GUIDE = 4  # how one reads the other
    PARKED = 5
    LIST = 6  # all there is, to find it again
    ALONE = 7  # lines that lead to what is for oneself alone


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card, whoever brought it.

    Attributes:
        place: its rank on Today, or its part of Us.
        template: what draws it.
        context: what the template uses, beside what every page has; nothing in it is opened later.
        calls: whether it is of a plan or a letter: something one might like to be called for.
    """

    place: Rank | Part
    template: str
    context: dict[str, Any] = field(default_factory=dict, repr=False)
    calls: bool = False


@dataclass(frozen=True, kw_only=True)
class Bit:
    """Something of a week the two look back on.

    Attributes:
        day: when it was.
        title: what it is, in the reader's language, or in the two's own words.
        address: where it is seen; empty for nowhere.
        words: somebody's own, where both may read them.
        mine: whose these are; None where nobody's.
    """

    day: date
    title: str = ""
    address: str = ""
    words: str = field(default="", repr=False)
    mine: bool | None = None


def bits(place: Part, title: str, found: Iterable[Bit]) -> list[Card]:
    """Return a card for a look-back, or none where there is nothing.

    Args:
        place: where it stands.
        title: what these have in common, in the reader's language.
        found: what there is, in any order.
    """
    ordered = sorted(found, key=lambda bit: bit.day)
    context = {"title": title, "bits": ordered}
    return [Card(place=place, template="web/components/bits.html", context=context)] if ordered else []


def way(title: str, address: str) -> Card:
    """Return a line on Us that leads to what somebody has for themselves alone.

    Args:
        title: what it is called, in the reader's language.
        address: of its page.
    """
    return Card(
        place=Part.ALONE, template="web/components/way.html", context={"title": title, "address": address}
    )


def today(cards: Iterable[Card]) -> list[Card]:
    """Return Today's cards in order: one next thing at most, none while something pressing is there, and one quiet question; more are folded."""
    ordered = sorted(cards, key=lambda card: card.place)
    busy = any(card.place in {Rank.NOW, Rank.CARE, Rank.MINE, Rank.PLANNED} for card in ordered)
    following = [card for card in ordered if card.place is Rank.NEXT]
    more = [card for card in ordered if card.place is Rank.ASKS][1:]
    left_out = (following if busy else following[1:]) + more
    shown = [card for card in ordered if not any(card is each for each in left_out)]
    folded = Card(place=Rank.ASKS, template="web/components/more.html", context={"more": more})
    return sorted([*shown, folded], key=lambda card: card.place) if more else shown


def us(cards: Iterable[Card]) -> list[Card]:
    """Return the cards of Us in order."""
    return sorted(cards, key=lambda card: card.place)
