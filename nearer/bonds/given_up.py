"""Seats that somebody gave up while nothing can be stored: they are out at once, and the bond is closed for both.

It is known in this process alone, and written down with the first chance. The page says so to whoever leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from nearer.bonds.models import Bond, Member

_seats: set[UUID] = set()


def give_up(member: Member) -> None:
    """Let somebody be out of a bond until that can be stored."""
    _seats.add(member.pk)


def seats() -> frozenset[UUID]:
    """Return the seats that were given up, and are not stored as such."""
    return frozenset(_seats)


def mark(members: Sequence[Member], bonds: Iterable[Bond]) -> None:
    """Show seats and bonds as they are by now.

    Args:
        members: as they are stored.
        bonds: theirs.
    """
    left = [member for member in members if member.pk in _seats]
    for member in left:
        member.has_left = True
    for bond in bonds if left else ():
        if bond.pk in {member.bond_id for member in left}:
            bond.state = Bond.State.CLOSED


def is_stored(seat: UUID) -> None:
    """Forget a seat that was given up, now that the database knows."""
    _seats.discard(seat)
