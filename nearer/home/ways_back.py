"""The way back of somebody who left a bond: theirs alone, for thirty days.

It is a key pair. The private half lies in their drawer; to the public one the bond's key is sealed, also when
the other gives the bond a new key meanwhile. No page and no address of the bond answers them before they return.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from nearer.bonds import actions as bonds
from nearer.bonds.models import Bond, Member
from nearer.bonds.place import Place
from nearer.database import writing
from nearer.home.rotation import renew_or_keep
from nearer.records import keeping
from nearer.records.keeping import Kept, Kind
from nearer.records.shelf import Shelf
from nearer.sittings.taking_back.prune import CLOSED_KEEPS
from nearer.vault import damage
from nearer.vault.keys import new_identity, open_bond_key
from nearer.vault.ring import Ring


@dataclass(frozen=True, kw_only=True)
class WayBack:
    """What lies in the drawer of somebody who left.

    Attributes:
        bond: the id of the bond.
        key: the private half of the way's key pair, in hexadecimal digits.
        name: what the other is called.
    """

    bond: str
    key: str = field(repr=False)
    name: str = field(repr=False)


# Said once to whoever has just left: until when they may come back, or nothing.
LEFT = "left"
WAY_BACK = Kind(name="way back", shape=WayBack)


@dataclass(frozen=True, kw_only=True)
class Left:
    """A bond that somebody left and may come back to.

    Attributes:
        place: theirs, with the key.
        name: what the other is called.
        at: when they left.
    """

    place: Place
    name: str = field(repr=False)
    at: datetime

    @property
    def until(self) -> datetime:
        """The last moment at which they may come back."""
        return self.at + CLOSED_KEEPS


def keep(place: Place, shelf: Shelf, *, name: str, at: datetime) -> None:
    """Give a bond that somebody left a new key, and keep a way back to it in their drawer; one before it ends.

    Args:
        place: theirs, with the key as it is.
        shelf: their own.
        name: what the other is called.
        at: when they left.
    """
    private, public = new_identity()
    way = WayBack(bond=str(place.bond.pk), key=private.hex(), name=name)
    with writing():
        renew_or_keep(place, public=public)
        keeping.put(shelf, WAY_BACK, way, at=at, about=way.bond)


def left_by(shelf: Shelf, *, at: datetime) -> list[Left]:
    """Return the bonds a person may come back to, the last one they left first. Ways that lead nowhere are forgotten.

    One whose key does not open is passed over, and noted.

    Args:
        shelf: their own, with the drawer open.
        at: now.
    """
    found = []
    for kept in reversed(keeping.find(shelf, WAY_BACK)):
        seats = _seats(kept, shelf.owner, at)
        if seats is None:
            keeping.remove(shelf, WAY_BACK, kept.ref)
        elif left := damage.opened(WAY_BACK.name, kept.ref, partial(_opened, kept, *seats)):
            found.append(left)
    return found


def come_back(shelf: Shelf, bond: UUID, ring: Ring, *, at: datetime) -> bool:
    """Undo leaving, unless the other left as well: the bond is open again for both, with a new key.

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
        bonds.come_back(left.place)
        renew_or_keep(left.place, public=ring.public)
        keeping.remove(shelf, WAY_BACK, shelf.row_about(WAY_BACK.name, str(bond)))
    return True


def _seats(kept: Kept[WayBack], user: UUID, at: datetime) -> tuple[Member, Member] | None:
    members = list(Member.objects.filter(bond=UUID(kept.document.bond)).select_related("bond"))
    me = next((member for member in members if member.user_id == user and member.has_left), None)
    them = next((member for member in members if member.user_id != user and not member.has_left), None)
    if me is None or them is None or at >= kept.at + CLOSED_KEEPS or me.bond.state != Bond.State.CLOSED:
        return None
    return me, them


def _opened(kept: Kept[WayBack], me: Member, them: Member) -> Left:
    way, version = kept.document, me.bond.key_version
    private = bytes.fromhex(way.key)
    key = open_bond_key(private, bytes(me.sealed_key), bond=me.bond_id, member=me.pk, version=version)
    return Left(place=Place(bond=me.bond, me=me, them=them, key=key), name=way.name, at=kept.at)
