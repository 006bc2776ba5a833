"""Deleting one's account now, with one's keys at hand: every space is left as one leaves it, then all else goes.

So the other of a space sees what they would see after anybody left, and nothing that has not reached them by now
ever does.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from nearer.bonds.models import Member
from nearer.database import settle_files
from nearer.leaving.leave import leave_bond
from nearer.sittings.taking_back import erasing
from nearer.study import giving
from nearer.vault.ring import Ring


def delete_later(user_id: UUID, ring: Ring, *, on: date) -> None:
    """Delete somebody's account in seven days. What they gave to a study goes now: on that day no key is there to find it.

    Args:
        user_id: whose.
        ring: their keys, as their session holds them.
        on: today.
    """
    giving.stop_without(user_id, ring)
    erasing.ask(user_id, on=on)


def delete_now(user_id: UUID, ring: Ring, *, at: datetime) -> None:
    """Delete somebody's account: their own key first, then their seats, then everything that was theirs alone.

    Args:
        user_id: whose.
        ring: their keys, as their session holds them.
        at: now.
    """
    erasing.begin(user_id, at=at)
    for bond in Member.objects.filter(user=user_id, has_left=False).values_list("bond", flat=True):
        with suppress(Http404):  # it is gone this very moment
            leave_bond(bond, user_id, ring, at=at)
    erasing.finish(user_id, at=at)
    settle_files()
