"""With what somebody's own forms begin: what they said of the ideas on the table before, which nobody else is shown."""

from __future__ import annotations

from typing import Any

from nearer.bonds.place import Place
from nearer.content.decks import deck
from nearer.practices.ourtime.moves import Wish
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.records import keeping
from nearer.records.shelf import Shelf


def recall(place: Place, name: str, view: dict[str, Any]) -> dict[str, Any]:  # Any: plain values
    """Return with what a form begins, by the names of its fields."""
    if name != Wish.__name__:
        return {}
    mine = wishes.of_seat(keeping.gather(Shelf.of_bond(place), wishes.WISHES), place.seat)
    named = {entry.text: entry.id for entry in deck(wishes.DECK).entries}
    levels = [mine.now(named.get(text, "")) for _, text in view["ideas"]]
    said = any(level is not None for level in levels)
    return {"levels": ["" if level is None else str(int(level)) for level in levels]} if said else {}
