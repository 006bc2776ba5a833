"""What the Needs Mirror shows on Today: a question about a sign, and a request whose day has come."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from nearer.practices.needs import kept, signs
from nearer.records.cards import Here
from nearer.web.cards import Card, Rank

KINDS = (signs.NOTICED, kept.ASKED)


def cards(here: Here) -> Iterator[Card]:
    """Yield what waits for this person; never what the other has not answered."""
    for asked in signs.asked_of(here.found, here.place):
        if not asked.document.gone:
            context = {"asked": asked.document, "ref": asked.ref}
            yield Card(place=Rank.MINE, template="needs/cards/noticed.html", context=context)
    for each in kept.requests_for(here.found, here.place):
        request = each.document
        waits = request.owner != here.place.seat and not (request.way or request.gone)
        if waits and request.day <= timezone.localdate(here.at):
            context = {"asked": request, "ref": each.ref}
            yield Card(place=Rank.MINE, template="needs/cards/request.html", context=context)
