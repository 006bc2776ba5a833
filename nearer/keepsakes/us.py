"""What keepsakes show on Us: the newest of them, and that there is a page of these days in another year."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.keepsakes import book, items
from nearer.records import seen
from nearer.records.cards import Here
from nearer.web.cards import Card, Part

KINDS = (items.KEEPSAKE,)
OWN = (seen.SEEN,)
PHOTOS, VOICES = 6, 2


def cards(here: Here) -> Iterator[Card]:
    """Yield the newest photos and voice notes, and the way into the book; in a closed bond only where there are some."""
    found = items.items_in(here.found, here.place, at=here.at)
    if here.visits and items.new_in(found, seen.until(here.own, here.place, items.SHELF), at=here.at):
        seen.note(here.request, here.place, items.SHELF, at=here.at)
    is_open = here.place.bond.state == Bond.State.OPEN
    there = [item for item in found if not item.is_gone]
    photos = [item for item in there if item.is_photo][:PHOTOS]
    voices = [item for item in there if not (item.is_photo or item.is_line)][:VOICES]
    if found or is_open:
        ago = book.ago(book.pages_of(there), timezone.localdate(here.at))
        context = {
            "photos": photos,
            "voices": voices,
            "has_pages": bool(there),
            "is_open": is_open,
            "ago": ago,
        }
        yield Card(place=Part.PICTURES, template="keepsakes/cards/shelf.html", context=context)
