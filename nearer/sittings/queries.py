"""What a member may list."""

from __future__ import annotations

from dataclasses import fields

from nearer.bonds.place import Place
from nearer.protocol import Dialogue
from nearer.sittings.header import Header, Listed
from nearer.sittings.models import Sitting

RECENT = 50
PRACTISED = "practised"


def open_sittings(place: Place) -> list[Listed]:
    """Return the sittings of a bond that are not over; one query."""
    return _listed(place, is_over=False, most=RECENT)


def past_sittings(place: Place, *, most: int = RECENT) -> list[Listed]:
    """Return finished sittings, newest first; one query."""
    return [listed for listed in _listed(place, is_over=True, most=most) if listed.header.done]


def facts_for(place: Place, rules: type[Dialogue]) -> dict[str, int]:
    """Return what a room asks to be told before it begins.

    `practised`: how many easy sittings of this practice the bond has finished.
    """
    if PRACTISED not in {field.name for field in fields(rules)}:
        return {}
    past = [listed.header for listed in past_sittings(place)]
    return {PRACTISED: sum(1 for h in past if h.practice == rules.slug and h.outcome.get("easy"))}


def _listed(place: Place, *, is_over: bool, most: int) -> list[Listed]:
    rows = Sitting.objects.filter(bond=place.bond, is_over=is_over).order_by("-day", "pk")[:most]
    return [Listed(ref=row.pk, header=Header.of(row, place), day=row.day) for row in rows]
