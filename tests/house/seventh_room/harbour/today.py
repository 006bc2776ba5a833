"""On Today: the bottles of the other."""

from nearer.records.cards import Here
from nearer.web.cards import Card, Rank

from .belongings import BOTTLE

KINDS = (BOTTLE,)


def cards(here: Here) -> list[Card]:
    found = (kept.document for kept in here.found.of(BOTTLE))
    return [bottle.card(Rank.NEW) for bottle in found if bottle.seat != here.place.seat]
