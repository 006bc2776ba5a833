"""What the home shows on Us: the way to what one put out of one's own sight."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.records.cards import Here
from nearer.web.cards import Card, Part


def cards(_here: Here) -> Iterator[Card]:
    """Yield the way there, whether something was put away or not: Us looks the same to whoever stands behind."""
    yield Card(place=Part.ALONE, template="home/cards/away.html")
