"""What Closer has for the check-up: how it is to rely on the other, as somebody said it for themselves four times a year."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from nearer.bonds.place import Place
from nearer.practices.closer.trust import readings
from nearer.practices.closer.trust.drawing import drawings
from nearer.records.shelf import Shelf
from nearer.sittings.grown import Grown


def grown(drawer: Shelf, place: Place) -> Grown:
    """Return somebody's own answers, out of their open drawer."""
    found, theirs = readings.own(drawer, place), place.their_card
    return Grown(
        title=gettext("Relying on each other"),
        address=reverse("closer:year"),
        lines=tuple(drawings(found, theirs.name if theirs else "")),
    )
