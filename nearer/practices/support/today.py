"""What With You shows on Today: what the other asks for, what one asked for, the sky, and the way to ask."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.practices.support.ask import keeping as asks
from nearer.practices.support.ask import muting
from nearer.practices.support.ask.rules import Answer, Seen
from nearer.practices.support.sky import keeping as skies
from nearer.practices.support.sky.rules import is_due
from nearer.records.between import Item
from nearer.records.cards import Here
from nearer.web.cards import Card, Rank

KINDS = (asks.ASKED, skies.SHOWN, skies.RHYTHM)
OWN = (muting.MUTED, skies.LATEST)
GLYPH = "support"


def cards(here: Here) -> Iterator[Card]:
    """Yield what waits for this person, and the way to ask; never what the other has not done."""
    muted = muting.among(here.own, here.place)
    asks.clear(here.found, here.place, at=here.at)
    for item in asks.items_in(here.found, here.place, at=here.at):
        yield from _of(item, muted=muted)
    if GLYPH not in here.request.visit.face.unwanted:
        seen = skies.skies_in(here.found, here.own, here.place, at=here.at)
        due = bool(here.request.ring.private) and is_due(seen.since, seen.days, here.at)
        context = {"seen": seen, "due": due}
        yield Card(place=Rank.GOING, template="support/between/cards/standing.html", context=context)


def _of(item: Item[Seen], *, muted: bool) -> Iterator[Card]:
    seen = item.seen
    if seen.mine:
        if seen.answer is not Answer.NOW:  # of that the sitting has a card of its own
            rank = Rank.CARE if seen.is_long else Rank.NEW if seen.answer else Rank.GOING
            yield _card("asked", rank, item)
    elif seen.answer is None and not muted:
        yield _card("asks", Rank.NOW, item)
    elif seen.answer is Answer.AT:
        yield _card("promised", Rank.PLANNED, item)


def _card(name: str, rank: Rank, item: Item[Seen]) -> Card:
    return Card(place=rank, template=f"support/between/cards/{name}.html", context={"item": item})
