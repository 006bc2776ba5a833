"""Leaving a bond: everything that is open in it ends in the same moment."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial

from django.db import transaction

from nearer import live
from nearer.bonds import actions as bonds
from nearer.bonds.place import Place
from nearer.bonds.roster import NotTheirKey
from nearer.database import writing
from nearer.home.rotation import rotate
from nearer.sittings import actions as sittings


def leave(place: Place, *, at: datetime) -> None:
    """Leave for good: open sittings end, the place is given up, and open pages are asked to look again.

    What remains for the other is sealed under a new key, of which whoever leaves has no copy.

    Args:
        place: whose, and in which bond.
        at: now.
    """
    with writing():
        ended = sittings.part(place, at=at)
        if bonds.leave(place, at=at):
            _without_me(place)
        for ref in ended:
            transaction.on_commit(partial(live.recheck, ref))


def _without_me(place: Place) -> None:
    # Where somebody tampered with the other's key there is no new one; nothing keeps a person from leaving.
    with suppress(NotTheirKey):
        rotate(place)
