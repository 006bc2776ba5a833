"""Crossed invitations: two people invite each other, and each joins the other's. They mean one bond, and get one.

Whoever joins second is a member of the first of the two, so they hold its key: what the second carried goes along.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from nearer.bonds import first
from nearer.bonds.models import Bond, Invitation
from nearer.bonds.place import Place
from nearer.protocol import Seat
from nearer.vault import store

State = Bond.State


def crossed_by(invited: Bond, places: Iterable[Place], *, host_id: UUID) -> Place | None:
    """Return the place of whoever is joining in the bond that the two have by an invitation the other way round.

    Args:
        invited: the bond whose invitation is being used.
        places: of whoever uses it.
        host_id: who made it.

    Returns:
        Their place in the other bond; None where there is none, or where this invitation was made afterwards: then a
        second bond is meant.
    """
    for place in places:
        if place.seat is Seat.HOST and not place.is_alone and place.user_at(Seat.GUEST) == host_id:
            was_out = place.their_card is not None and str(invited.pk) in place.their_card.out
            if place.bond.state == State.JOINED or (place.bond.state == State.OPEN and was_out):
                return place
    return None


def twin_of(place: Place, places: Iterable[Place]) -> Place | None:
    """Return the bond between the same two, joined at the same moment, that nobody has confirmed; or None."""
    for other in places:
        turned = other.seat is place.seat.other and other.bond.state == State.JOINED
        if turned and not other.is_alone and other.user_at(place.seat) == place.user_at(place.seat.other):
            return other
    return None


def become_one(gone: Bond, *, key: bytes, kept: Place, words: str = "") -> None:
    """Let one bond go, into the other, inside the caller's transaction.

    Args:
        gone: the one that goes, with its row locked.
        key: its key.
        kept: the other, of whoever does this.
        words: their answer to the question that goes along, or "".
    """
    first.move(gone, key=key, into=kept, words=words)
    invitations = list(Invitation.objects.filter(bond=gone).values_list("pk", flat=True))
    ids = [gone.pk, *invitations]
    gone.delete()
    transaction.on_commit(lambda: store.erase(ids))
