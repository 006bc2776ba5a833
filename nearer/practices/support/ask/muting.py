"""Whether somebody keeps asks off their Today: at their own hand, and nobody else's to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nearer.bonds.place import Place
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kind
from nearer.records.shelf import Shelf
from nearer.vault.ring import Ring


@dataclass(frozen=True, kw_only=True)
class Muted:
    """What is sealed.

    Attributes:
        bond: the id of the bond.
    """

    bond: str


MUTED = Kind(name="ask-muted", shape=Muted)


def mute(place: Place, ring: Ring, *, on: bool, at: datetime) -> None:
    """Keep asks of a bond off one's own Today, or not any more."""
    shelf, bond = Shelf.at_hand(place.me.user_id, ring), str(place.bond.pk)
    if on:
        keeping.put(shelf, MUTED, Muted(bond=bond), at=at, about=bond)
    else:
        keeping.remove(shelf, MUTED, shelf.row_about(MUTED.name, bond))


def is_muted(place: Place, ring: Ring) -> bool:
    """Say whether this person keeps them off their Today."""
    return bool(ring.private) and keeping.is_there(
        Shelf.at_hand(place.me.user_id, ring), MUTED, str(place.bond.pk)
    )


def among(own: Gathered, place: Place) -> bool:
    """Say the same by what was gathered at their own hand."""
    return any(kept.document.bond == str(place.bond.pk) for kept in own.of(MUTED))
