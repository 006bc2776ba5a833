"""What With You shows on Us: the ways to what one has for oneself alone."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.records.cards import Here
from nearer.web.cards import Card, Part


def cards(here: Here) -> Iterator[Card]:
    """Yield the ways into one's own drawer."""
    if here.place.their_card:
        yield Card(place=Part.ALONE, template="support/between/cards/alone.html")
