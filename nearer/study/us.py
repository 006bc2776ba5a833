"""The way to before and after, on Us."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from nearer.records.cards import Here
from nearer.web.cards import Card, way


def cards(here: Here) -> Iterator[Card]:
    """Yield the way there, whatever either has said yes to."""
    if here.place.their_card:
        yield way(gettext("Before and after"), reverse("study:page", args=[here.place.bond.pk]))
