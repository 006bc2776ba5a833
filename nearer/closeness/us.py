"""What shows on Us of what grows between two people."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.bonds.models import Bond
from nearer.closeness.picture import keeping as pictures
from nearer.closeness.thanks import keeping as thanks
from nearer.records.cards import Here
from nearer.web.cards import Card, Part

KINDS = (*pictures.KINDS, thanks.THANKS)
LATEST = 2


def cards(here: Here) -> Iterator[Card]:
    """Yield the ways to how close the two feel, with this week's pictures once both are open, and to appreciations."""
    looked = pictures.seen_in(here.found, here.place, at=here.at)
    is_open = here.place.bond.state == Bond.State.OPEN
    if here.place.their_card and (is_open or looked.own):
        context = {"now": looked.now, "is_open": is_open}
        yield Card(place=Part.NEAR, template="closeness/cards/us.html", context=context)
    said = thanks.items_in(here.found, here.place, at=here.at)
    if here.place.their_card and (is_open or said):
        opened = [item for item in said if item.is_open and not item.thanks.is_withdrawn][:LATEST]
        context = {"items": opened, "is_open": is_open}
        yield Card(place=Part.SENTENCES, template="closeness/cards/thanks_us.html", context=context)
    if here.place.their_card:
        yield Card(place=Part.ALONE, template="closeness/cards/checkup.html")
