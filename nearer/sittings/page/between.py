"""What a page of a room has that is no sitting: whose it is, and whether anything new is kept there."""

from __future__ import annotations

from typing import Any

from nearer.bonds.models import Bond
from nearer.bonds.place import Place


def around(place: Place | None) -> dict[str, Any]:  # Any: as a template has it
    """Return what each of these pages has, whatever lies on it."""
    theirs = place.their_card if place else None
    is_open = place is not None and place.bond.state == Bond.State.OPEN
    return {"place": place, "name": theirs.name if theirs else "", "is_open": is_open, "tab": "practise"}
