"""What the home shows on Us: the way to what one put out of one's own sight."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from nearer.records.cards import Here
from nearer.web.cards import Card, way


def cards(here: Here) -> Iterator[Card]:
    """Yield the way there, whether something was put away or not: Us looks the same to whoever stands behind."""
    yield way(gettext("Put away"), reverse("home:away", args=[here.place.bond.pk]))
