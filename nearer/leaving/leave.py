"""Leaving a bond: everything that is open in it ends in the same moment.

Whoever leaves may come back within thirty days, and nobody else can make them. For that the bond's key goes
into their own drawer: no page and no address of the bond answers them meanwhile.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from nearer import live
from nearer.bonds import actions as bonds
from nearer.bonds.models import Bond, Member
from nearer.bonds.place import Place
from nearer.bonds.roster import NotTheirKey
from nearer.database import writing
from nearer.home.rotation import rotate
from nearer.keepsakes import items as keepsakes
from nearer.records import keeping
from nearer.records.keeping import Kept, Kind
from nearer.records.shelf import Shelf
from nearer.sittings import actions as sittings
from nearer.sittings.models import Sitting
from nearer.sittings.prune import CLOSED_KEEPS
from nearer.vault.ring import Ring


@dataclass(frozen=True, kw_only=True)
class WayBack:
    """What lies in the drawer of somebody who left.

    Attributes:
        bond: the id of the bond.
        key: its key, in hexadecimal digits.
        version: which of its keys.
        name: what the other is called.
    """

    bond: str
    key: str = field(repr=False)
    version: int
    name: str


WAY_BACK = Kind(name="way back", shape=WayBack)


@dataclass(frozen=True, kw_only=True)
class Left:
    """A bond that somebody left and may come back to.

    Attributes:
        place: theirs, with the key.
        name: what the other is called.
        until: the last day on which they may come back.
    """

    place: Place
    name: str
    until: datetime


def leave(place: Place, ring: Ring, *, at: datetime) -> None:
    """Leave: open sittings end, the place is given up, and open pages are asked to look again.

    What remains for the other is sealed under a new key. Whoever leaves has it in their drawer only.

    Args:
        place: whose, and in which bond.
        ring: the keys of whoever leaves.
        at: now.
    """
    theirs = place.their_card
    with writing():
        sittings.part(place, at=at)
        keepsakes.part(place, at=at)
        watched = list(Sitting.objects.filter(bond=place.bond).values_list("pk", flat=True))
        if bonds.leave(place, at=at):
            key, version = _next_key(place)
            way = WayBack(
                bond=str(place.bond.pk), key=key.hex(), version=version, name=theirs.name if theirs else ""
            )
            shelf = Shelf.of_person(place.me.user_id, ring)
            keeping.put(shelf, WAY_BACK, way, at=at, about=way.bond)
        for ref in watched:
            transaction.on_commit(partial(live.recheck, ref))


def left_by(shelf: Shelf, *, at: datetime) -> list[Left]:
    """Return the bonds a person may come back to, the last one they left first. Ways that lead nowhere are forgotten.

    Args:
        shelf: their own, with the drawer open.
        at: now.
    """
    found = []
    for kept in reversed(keeping.find(shelf, WAY_BACK)):
        left = _way(kept, shelf.owner, at)
        if left is None:
            keeping.remove(shelf, WAY_BACK, kept.ref)
        else:
            found.append(left)
    return found


def come_back(shelf: Shelf, bond: UUID, ring: Ring, *, at: datetime) -> bool:
    """Undo leaving, while the other has not closed the space for themselves: it is open again for both.

    Args:
        shelf: the person's own, with the drawer open.
        bond: which bond.
        ring: their keys.
        at: now.

    Returns:
        Whether there was something to come back to.
    """
    with writing():
        left = next((left for left in left_by(shelf, at=at) if left.place.bond.pk == bond), None)
        if left is None:
            return False
        bonds.come_back(left.place, ring.public)
        for kept in keeping.find(shelf, WAY_BACK):
            if kept.document.bond == str(bond):
                keeping.remove(shelf, WAY_BACK, kept.ref)
    return True


def _next_key(place: Place) -> tuple[bytes, int]:
    # Where somebody tampered with the other's key there is no new one; nothing keeps a person from leaving.
    with suppress(NotTheirKey):
        rekey = rotate(place)
        return rekey.new, rekey.version
    return place.key, place.bond.key_version


def _way(kept: Kept[WayBack], user: UUID, at: datetime) -> Left | None:
    way = kept.document
    members = list(Member.objects.filter(bond=UUID(way.bond)).select_related("bond"))
    me = next((member for member in members if member.user_id == user and member.has_left), None)
    them = next((member for member in members if member.user_id != user and not member.has_left), None)
    until = kept.at + CLOSED_KEEPS
    if me is None or them is None or at >= until or me.bond.state != Bond.State.CLOSED:
        return None
    if me.bond.key_version != way.version:
        return None
    place = Place(bond=me.bond, me=me, them=them, key=bytes.fromhex(way.key))
    return Left(place=place, name=way.name, until=until)
