"""On Us: all bottles."""

from nearer.records.cards import Here
from nearer.web.cards import Card, Part

from .belongings import BOTTLE

KINDS = (BOTTLE,)


def cards(here: Here) -> list[Card]:
    return [kept.document.card(Part.SENTENCES) for kept in here.found.of(BOTTLE)]
