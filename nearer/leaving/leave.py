"""Leaving a bond: everything that is open in it ends in the same moment."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404

from nearer import live
from nearer.bonds import actions as bonds
from nearer.bonds import given_up, returns
from nearer.bonds.models import Bond, Member
from nearer.bonds.place import Place, place_in
from nearer.calendars import feeds, looking
from nearer.closeness import belongings as closeness
from nearer.database import writing
from nearer.home import ways_back
from nearer.keepsakes import items as keepsakes
from nearer.plans import lines as plans
from nearer.records.keeping import BondNotOpen
from nearer.records.shelf import Shelf
from nearer.rhythm import belongings as rhythm
from nearer.sittings.models import Sitting
from nearer.sittings.run import actions as sittings
from nearer.sittings.taking_back import erasing
from nearer.study import belongings as study
from nearer.study import giving
from nearer.vault.errors import KeyRenewed, VaultError
from nearer.vault.ring import Ring

TRIES = 3
# What each kind of thing two people have takes along, or takes back, when one of them leaves.
PARTS = (
    sittings.part, keepsakes.part, plans.part, closeness.part, rhythm.part, study.part, looking.part, feeds.part,
)  # fmt: skip
# Before a bond is open there is nothing of that.
LIVED = (Bond.State.OPEN, Bond.State.CLOSED)


def leave_bond(bond: UUID, user_id: UUID, ring: Ring, *, at: datetime) -> bool:
    """Leave a bond, whatever in it does not open: as much of that is done as can be, and the rest needs no key.

    Args:
        bond: which.
        user_id: who leaves.
        ring: their keys.
        at: now.

    Returns:
        Whether they may come back.

    Raises:
        Http404: they have no seat there.
    """
    giving.stop_without(user_id, ring, bond)  # whatever of the bond opens
    for _try in range(TRIES):
        try:
            return leave(place_in(bond, user_id, ring=ring), ring, at=at)
        except KeyRenewed:  # the other gave it a new key this very moment
            continue
        except (VaultError, BondNotOpen):
            break
    for part in PARTS:
        with suppress(VaultError, KeyRenewed, BondNotOpen):
            part(place_in(bond, user_id, ring=ring), at=at)
    with writing():
        erasing.give_up(Member.objects.select_related("bond").get(bond=bond, user=user_id), at)
    return False


def leave_unstored(bond: UUID, user_id: UUID, ring: Ring) -> None:
    """Leave a bond while nothing can be stored: it counts from now on in this program, and is written down when it can be.

    Args:
        bond: which.
        user_id: who leaves.
        ring: their keys.

    Raises:
        Http404: they have no seat there.
    """
    given_up.give_up(get_object_or_404(Member, bond=bond, user=user_id, has_left=False))
    giving.owe(user_id, ring, bond)


def write_down(at: datetime) -> None:
    """Store who left meanwhile, as somebody leaves whose bond does not open.

    Raises:
        DatabaseError: nothing can be stored yet.
    """
    giving.settle_owed()
    for seat in given_up.seats():
        with writing():
            for member in Member.objects.select_related("bond").filter(pk=seat, has_left=False):
                erasing.give_up(member, at)
        given_up.is_stored(seat)


def leave(place: Place, ring: Ring, *, at: datetime) -> bool:
    """Leave: open sittings end, the place is given up, and open pages are asked to look again.

    What remains for the other is sealed under a new key. Whoever leaves has it in their drawer only.

    Args:
        place: whose, and in which bond.
        ring: the keys of whoever leaves.
        at: now.

    Returns:
        Whether there is a way back, in their drawer.

    Raises:
        VaultError: something that leaving takes along does not open.
        KeyRenewed: the bond, or the person, has another key by now.
    """
    theirs = place.their_card
    with writing():
        for part in PARTS if place.bond.state in LIVED else ():
            part(place, at=at)
        watched = list(Sitting.objects.filter(bond=place.bond).values_list("pk", flat=True))
        returns.say_no(place)
        remains = bonds.leave(place, at=at)
        if remains:
            shelf = Shelf.of_person(place.me.user_id, ring)
            ways_back.keep(place, shelf, name=theirs.name if theirs else "", at=at)
        for ref in watched:
            transaction.on_commit(partial(live.recheck, ref))
    return remains
