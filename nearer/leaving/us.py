"""What leaving shows on Us: the way to the copies one keeps for oneself."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from nearer.records.cards import Here
from nearer.web.cards import Card, way


def cards(_here: Here) -> Iterator[Card]:
    """Yield the way to the copies."""
    yield way(gettext("Your copies"), reverse("leaving:kept"))
