"""What a pulse shows on Us: the way to one's own readings."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from nearer.records.cards import Here
from nearer.web.cards import Card, way


def cards(_here: Here) -> Iterator[Card]:
    """Yield the way to one's own readings."""
    yield way(gettext("How it was for you"), reverse("pulse:own"))
