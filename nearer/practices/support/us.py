"""What With You shows on Us: the ways to what one has for oneself alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from nearer.records.cards import Here
from nearer.web.cards import Card, way


def cards(here: Here) -> Iterator[Card]:
    """Yield the ways into one's own drawer."""
    if here.place.their_card:
        yield way(gettext("Your own weeks"), reverse("support:own_sky"))
        yield way(gettext("Comfort without words"), reverse("support:touch"))
        yield way(gettext("What helps me"), reverse("support:helps"))
