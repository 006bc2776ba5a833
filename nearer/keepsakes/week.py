"""What keepsakes have in a look-back on a week: what came into the book, as far as both see it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from nearer.keepsakes import items
from nearer.keepsakes.items import Item
from nearer.records.cards import Here
from nearer.web.cards import Bit, Card, Part, bits

KINDS = (items.KEEPSAKE,)


def cards(here: Here) -> list[Card]:
    """Return what both see of what was added in these days."""
    return bits(Part.PICTURES, gettext("What came into your book"), _added(here))


def _added(here: Here) -> Iterator[Bit]:
    address = reverse("keepsakes:shelf", args=[here.place.bond.pk])
    for item in items.items_in(here.found, here.place, at=here.at):
        if not (item.is_gone or item.waits) and here.is_lately(item.day):
            yield Bit(
                day=item.day, words=item.what.words, mine=item.mine, title=_named(item), address=address
            )


def _named(item: Item) -> str:
    if item.is_line:
        return ""
    return gettext("A photo") if item.is_photo else gettext("A voice note")
