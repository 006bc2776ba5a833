"""What Closer shows on Us: the promises that are open, and the ways to what one has for oneself alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from nearer.practices.closer.promises import keeping as promises
from nearer.records.cards import Here
from nearer.web.cards import Card, Part, way

KINDS = (promises.PROMISE,)


def cards(here: Here) -> Iterator[Card]:
    """Yield the open promises of the two, and the ways into one's own drawer."""
    if here.place.their_card:
        found = promises.items_in(here.found, here.place, at=here.at)
        context = {"items": [item for item in found if item.seen.is_open]}
        yield Card(place=Part.PLANS, template="closer/between/cards/promises.html", context=context)
        yield way(gettext("Things to say one day"), reverse("closer:drawer"))
        yield way(gettext("Relying on each other"), reverse("closer:year"))
