"""What a pulse shows on Us: the way to one's own readings."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.records.cards import Here
from nearer.web.cards import Card, Part


def cards(_here: Here) -> Iterator[Card]:
    """Yield the way to one's own readings."""
    yield Card(place=Part.ALONE, template="pulse/cards/own.html")
