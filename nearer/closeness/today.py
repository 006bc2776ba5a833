"""What shows on Today of what grows between two people: this week's picture, that both are open, an appreciation, a check-up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from nearer.closeness.checkup import asking
from nearer.closeness.picture import keeping as pictures
from nearer.closeness.picture import own
from nearer.closeness.picture.rules import monday_of
from nearer.closeness.picture.views import WHERE
from nearer.closeness.thanks import keeping as thanks
from nearer.closeness.thanks.views import WHERE as READ
from nearer.records import seen
from nearer.records.cards import Here
from nearer.web.cards import Card, Rank

KINDS = (
    pictures.PICK.lately(timedelta(days=9)),
    pictures.WISH,
    thanks.THANKS,
)  # of this week, wherever the two live
OWN = (own.LET_BE, seen.SEEN, asking.ASKED)


def cards(here: Here) -> Iterator[Card]:
    """Yield what is open and was not looked at, and the invitations to pick a picture and to a check-up. Nobody is asked for an appreciation."""
    if _is_new(here):
        yield Card(place=Rank.NEW, template="closeness/cards/thanks.html")
    looked = pictures.seen_in(here.found, here.place, at=here.at)
    until = seen.until(here.own, here.place, WHERE)
    if looked.now.is_open and (until is None or monday_of(timezone.localdate(until)) < looked.now.monday):
        yield Card(place=Rank.NEW, template="closeness/cards/opened.html")
    elif here.request.ring.private and own.asks(here.own, here.place, looked, at=here.at):
        yield Card(place=Rank.ASKS, template="closeness/cards/pick.html")
    if here.request.ring.private and asking.is_due(here.own, here.place, at=here.at):
        yield Card(place=Rank.ASKS, template="closeness/cards/checkup_due.html")


def _is_new(here: Here) -> bool:
    until = seen.until(here.own, here.place, READ)
    return any(
        item.opened and not (item.mine or item.thanks.is_withdrawn) and (until is None or item.opened > until)
        for item in thanks.items_in(here.found, here.place, at=here.at)
    )
