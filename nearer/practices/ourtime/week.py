"""What Our Time has in a look-back on a week: the times together that both have told of, and their best moments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext

from nearer.practices.ourtime.dates import keeping as dates
from nearer.records.cards import Here
from nearer.web.cards import Bit, Card, Part, bits

KINDS = (dates.OUTING,)


def cards(here: Here) -> list[Card]:
    """Return what both have told of these days."""
    return bits(Part.NEAR, gettext("Time you had"), _had(here))


def _had(here: Here) -> Iterator[Bit]:
    for item in dates.items_in(here.found, here.place, at=here.at):
        day = timezone.localdate(item.was) if item.was else date.min
        if item.it.both_told and here.is_lately(day):
            yield Bit(day=day, title=item.act)
            yield from (Bit(day=day, words=words, mine=mine) for mine, words in item.moments)
