"""What shows on Us of what grows between two people."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.bonds.models import Bond
from nearer.closeness.picture import keeping as pictures
from nearer.records.cards import Here
from nearer.web.cards import Card, Part

KINDS = pictures.KINDS


def cards(here: Here) -> Iterator[Card]:
    """Yield the way to how close the two feel, with this week's pictures once both are open."""
    looked = pictures.seen_in(here.found, here.place, at=here.at)
    is_open = here.place.bond.state == Bond.State.OPEN
    if here.place.their_card and (is_open or looked.own):
        context = {"now": looked.now, "is_open": is_open}
        yield Card(place=Part.NEAR, template="closeness/cards/us.html", context=context)
