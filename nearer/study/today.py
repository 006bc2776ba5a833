"""That a look is open, on Today: for each of the two alike, until they took it or let it be."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.records.cards import Here
from nearer.study.keeping import SETTLED, WISH, asks, stand_in
from nearer.study.rules import Wave
from nearer.web.cards import Card, Rank

KINDS = (WISH,)
OWN = (SETTLED,)


def cards(here: Here) -> Iterator[Card]:
    """Yield the look that is open."""
    now = stand_in(here.found, here.place, None, at=here.at)
    if here.request.ring.private and asks(here.own, here.place, now):
        context = {"is_after": now.wave == Wave.AFTER}
        yield Card(place=Rank.ASKS, template="study/cards/open.html", context=context)
