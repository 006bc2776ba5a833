"""What the Needs Mirror shows on Us: the two guides to reading each other, and how one's guesses fit."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from nearer.practices.needs import signs
from nearer.records.cards import Here
from nearer.web.cards import Card, Part, way

KINDS = (signs.SHOWN,)
MOST = 3  # lines of each; the rest is on the guide's own page


def cards(here: Here) -> Iterator[Card]:
    """Yield the newest lines of both guides, and the way to one's own reading of the maps."""
    place = here.place
    mine, theirs = (signs.shown_by(here.found, seat)[:MOST] for seat in (place.seat, place.seat.other))
    if place.their_card:
        yield Card(
            place=Part.GUIDE, template="needs/cards/guide.html", context={"mine": mine, "theirs": theirs}
        )
        yield way(gettext("How your guesses fit"), reverse("needs:understanding"))
