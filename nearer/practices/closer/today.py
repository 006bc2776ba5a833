"""What Closer shows on Today: what was told and waits for an answer, what is new, a promise whose day is over, and a quarter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from nearer.practices.closer.promises import keeping as promises
from nearer.practices.closer.promises.views import WHERE
from nearer.practices.closer.told import keeping as tellings
from nearer.practices.closer.told.rules import Seen, Wish
from nearer.practices.closer.told.views import PAGES
from nearer.practices.closer.trust import readings
from nearer.records import seen
from nearer.records.between import Item
from nearer.records.cards import Here
from nearer.web.cards import Card, Rank

KINDS = (tellings.TOLD, promises.PROMISE)
OWN = (seen.SEEN, readings.ASKED)


def cards(here: Here) -> Iterator[Card]:
    """Yield what waits for this person, or came and was not looked at; never what the other has not done."""
    for sort, page in PAGES.items():
        until = seen.until(here.own, here.place, page.name)
        for item in tellings.items_in(here.found, here.place, sort):
            if _presses(item.seen) or item.is_new(until):
                yield _card(
                    item, "told", waits=_presses(item.seen), page=page.name, by=_still(item.seen.by, here)
                )
    until = seen.until(here.own, here.place, WHERE)
    promises.clear(here.found, here.place, at=here.at)
    for made in promises.items_in(here.found, here.place, at=here.at):
        if made.seen.asks or made.is_new(until):
            yield _card(made, "promise", waits=made.seen.asks)
    if here.request.ring.private and readings.is_due(here.own, here.place, at=here.at):
        yield Card(place=Rank.ASKS, template="closer/between/cards/year.html")


def _presses(told: Seen) -> bool:
    return told.may_reply or (told.waits and told.wish != Wish.NOTHING)


def _still(by: date | None, here: Here) -> date | None:
    return by if by and by >= timezone.localdate(here.at) else None


def _card(item: Item[Any], name: str, *, waits: bool, **more: str | date | None) -> Card:
    rank = Rank.MINE if waits else Rank.NEW
    return Card(place=rank, template=f"closer/between/cards/{name}.html", context={"item": item, **more})
