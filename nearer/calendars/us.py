"""What calendars show on Us: the way to one's own time, which nobody else has."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from nearer.records.cards import Here
from nearer.web.cards import Card, way


def cards(_here: Here) -> Iterator[Card]:
    """Yield the way there, whether something was said or not."""
    yield way(gettext("When I am free"), reverse("calendars:times"))
