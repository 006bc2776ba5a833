"""What leaving shows on Us: the way to the copies one keeps for oneself."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.records.cards import Here
from nearer.web.cards import Card, Part


def cards(_here: Here) -> Iterator[Card]:
    """Yield the way to the copies."""
    yield Card(place=Part.ALONE, template="leaving/cards/kept.html")
