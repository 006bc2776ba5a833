"""What a rhythm shows on Us: the hour, and the way to all of it."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.bonds.models import Bond
from nearer.records.cards import Here
from nearer.rhythm.shown import Look, kinds
from nearer.web.cards import Card, Part

KINDS = kinds()


def cards(here: Here) -> Iterator[Card]:
    """Yield it, in an open bond."""
    if here.place.their_card and here.place.bond.state == Bond.State.OPEN:
        look = Look(found=here.found, place=here.place, at=here.at)
        yield Card(place=Part.PLANS, template="rhythm/cards/us.html", context={"seen": look})
