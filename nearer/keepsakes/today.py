"""What keepsakes show on Today: that the other added something to the book, until one has looked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from nearer.keepsakes import items
from nearer.keepsakes.items import Sort
from nearer.records import seen
from nearer.records.cards import Here
from nearer.web.cards import Card, Rank

KINDS = (items.KEEPSAKE.lately(items.NEW + timedelta(days=2)),)
OWN = (seen.SEEN,)


def cards(here: Here) -> Iterator[Card]:
    """Yield one card for each sort there is something new of: without the picture, and without any words."""
    found = items.items_in(here.found, here.place, at=here.at)
    until = seen.until(here.own, here.place, items.SHELF)
    new = {item.what.sort for item in items.new_in(found, until, at=here.at)}
    for sort in Sort:
        if sort in new:
            yield Card(place=Rank.NEW, template="keepsakes/cards/new.html", context={"sort": str(sort)})
