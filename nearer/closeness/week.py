"""What this has in a look-back on a week: appreciations that are open to both."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext

from nearer.closeness.thanks import keeping as thanks
from nearer.records.cards import Here
from nearer.web.cards import Bit, Card, Part, bits

KINDS = (thanks.THANKS,)


def cards(here: Here) -> list[Card]:
    """Return what opened in these days."""
    return bits(Part.SENTENCES, gettext("What you were glad of"), _opened(here))


def _opened(here: Here) -> Iterator[Bit]:
    for item in thanks.items_in(here.found, here.place, at=here.at):
        day = timezone.localdate(item.opened) if item.opened else None
        if day and not item.thanks.is_withdrawn and here.is_lately(day):
            yield Bit(day=day, words=item.thanks.words, mine=item.mine)
