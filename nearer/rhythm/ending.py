"""What a rhythm shows where a sitting has come to its end: the way on, where it was done on the day of the hour."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.records.cards import Here
from nearer.rhythm.keeping import HOUR
from nearer.rhythm.shown import Look
from nearer.web.cards import Card, Rank

KINDS = (HOUR,)


def cards(here: Here) -> Iterator[Card]:
    """Yield the way back into the hour."""
    agreed = Look(found=here.found, place=here.place, at=here.at).agreed
    if agreed and agreed.is_today:
        yield Card(place=Rank.PLANNED, template="rhythm/cards/goes_on.html")
