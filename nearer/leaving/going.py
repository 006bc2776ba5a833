"""Deleting one's account now, with one's keys at hand: every space is left as one leaves it, then all else goes.

So the other of a space sees what they would see after anybody left, and nothing that has not reached them by now
ever does.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.http import Http404

from nearer.bonds.models import Member
from nearer.bonds.place import place_in
from nearer.database import settle_files
from nearer.keepsakes import items as keepsakes
from nearer.leaving.leave import leave
from nearer.plans import lines as plans
from nearer.records.keeping import BondNotOpen
from nearer.sittings import actions as sittings
from nearer.sittings import erasing
from nearer.vault.errors import KeyRenewed, VaultError
from nearer.vault.ring import Ring

TRIES = 3


def delete_now(user_id: UUID, ring: Ring, *, at: datetime) -> None:
    """Delete somebody's account: their own key first, then their seats, then everything that was theirs alone.

    Args:
        user_id: whose.
        ring: their keys, as their session holds them.
        at: now.
    """
    erasing.begin(user_id, at=at)
    for bond in Member.objects.filter(user=user_id, has_left=False).values_list("bond", flat=True):
        _leave(bond, user_id, ring, at)
    erasing.finish(user_id, at=at)
    settle_files()


def _leave(bond: UUID, user_id: UUID, ring: Ring, at: datetime) -> None:
    """Leave a space. Where something in it does not open, as much of that is done as can be: the rest needs no key."""
    for _try in range(TRIES):
        with suppress(KeyRenewed, Http404):  # the other gave it a new key this very moment, or it is gone
            try:
                leave(place_in(bond, user_id, ring=ring), ring, at=at)
            except (VaultError, BondNotOpen):
                _take_what_waits(bond, user_id, ring, at)
            return


def _take_what_waits(bond: UUID, user_id: UUID, ring: Ring, at: datetime) -> None:
    for part in (sittings.part, keepsakes.part, plans.part):
        with suppress(VaultError, KeyRenewed, BondNotOpen, Http404):
            part(place_in(bond, user_id, ring=ring), at=at)
