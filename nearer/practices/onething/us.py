"""What One Thing shows on Us: the way to seven quiet minutes, to whoever has switched it on."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from nearer.practices.onething import switch
from nearer.records.cards import Here
from nearer.web.cards import Card, way

KINDS = (switch.SWITCH,)


def cards(here: Here) -> Iterator[Card]:
    """Yield the way there."""
    if switch.since(here.found, here.place):
        yield way(gettext("Seven quiet minutes"), reverse("onething:alone"))
