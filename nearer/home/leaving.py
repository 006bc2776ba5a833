"""Leaving a bond: everything that is open in it ends in the same moment."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from nearer import live
from nearer.bonds import actions as bonds
from nearer.bonds.place import Place
from nearer.database import writing
from nearer.sittings import actions as sittings


def leave(place: Place, *, at: datetime) -> None:
    """Leave for good: open sittings end, the place is given up, and open pages are asked to look again.

    Args:
        place: whose, and in which bond.
        at: now.
    """
    with writing():
        ended = sittings.part(place, at=at)
        bonds.leave(place, at=at)
        for ref in ended:
            transaction.on_commit(partial(live.recheck, ref))
