"""Leaving a bond: everything that is open in it ends in the same moment."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from nearer import live
from nearer.bonds import actions as bonds
from nearer.bonds import returns
from nearer.bonds.place import Place
from nearer.database import writing
from nearer.home import ways_back
from nearer.keepsakes import items as keepsakes
from nearer.plans import lines as plans
from nearer.records.shelf import Shelf
from nearer.sittings import actions as sittings
from nearer.sittings.models import Sitting
from nearer.vault.ring import Ring


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
        plans.part(place, at=at)
        watched = list(Sitting.objects.filter(bond=place.bond).values_list("pk", flat=True))
        returns.say_no(place)
        if bonds.leave(place, at=at):
            shelf = Shelf.of_person(place.me.user_id, ring)
            ways_back.keep(place, shelf, name=theirs.name if theirs else "", at=at)
        for ref in watched:
            transaction.on_commit(partial(live.recheck, ref))
