"""What plans show on Us: what the two plan, and the way to how one's plans went."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from nearer.bonds.models import Bond
from nearer.plans import lines
from nearer.records.cards import Here
from nearer.web.cards import Card, Part, way

KINDS = lines.KINDS


def cards(here: Here) -> Iterator[Card]:
    """Yield the plans; in a closed bond only where there are some."""
    is_open = here.place.bond.state == Bond.State.OPEN
    plans = lines.lines_in(here.found, here.place, at=here.at)
    if is_open or plans.lines:
        context = {"plans": plans, "is_open": is_open}
        yield Card(place=Part.PLANS, template="plans/cards/plans.html", context=context)
    yield way(gettext("How your plans went"), reverse("plans:notes"))
