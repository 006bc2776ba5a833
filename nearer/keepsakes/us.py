"""What keepsakes show on Us: the newest of them."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.bonds.models import Bond
from nearer.keepsakes import items
from nearer.records import seen
from nearer.records.cards import Here
from nearer.web.cards import Card, Part

KINDS = (items.KEEPSAKE,)
OWN = (seen.SEEN,)
PHOTOS, VOICES = 6, 2


def cards(here: Here) -> Iterator[Card]:
    """Yield photos and voice notes; in a closed bond only where there are some."""
    found = items.items_in(here.found, here.place, at=here.at)
    if here.visits and items.new_in(found, seen.until(here.own, here.place, items.SHELF), at=here.at):
        seen.note(here.request, here.place, items.SHELF, at=here.at)
    is_open = here.place.bond.state == Bond.State.OPEN
    there = [item for item in found if not item.is_gone]
    photos = [item for item in there if item.is_photo][:PHOTOS]
    voices = [item for item in there if not item.is_photo][:VOICES]
    if found or is_open:
        context = {"photos": photos, "voices": voices, "is_open": is_open}
        yield Card(place=Part.PICTURES, template="keepsakes/cards/shelf.html", context=context)
