"""What Our Time shows on Us: the time of theirs, as far as both have told of it."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.rules import minutes_of
from nearer.records.cards import Here
from nearer.web.cards import Card, Part

KINDS = (dates.OUTING,)


def cards(here: Here) -> Iterator[Card]:
    """Yield how long they were together in four weeks and what both would do again."""
    items = dates.items_in(here.found, here.place, at=here.at)
    again = [item for item in reversed(items) if item.it.again][:3]
    minutes = minutes_of(dates.outings_in(here.found), here.at)
    if again or minutes:
        context = {"again": again, "minutes": minutes}
        yield Card(place=Part.PLANS, template="ourtime/between/cards/ours.html", context=context)
