"""What the house knows of the two as a sitting of Our Time begins: what both said before that they would like.

It is what either finds on the page of it, and of nobody's own writing: such words stay where their author takes them back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from nearer.bonds.place import Place
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.rules import done_by_both
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.practices.ourtime.wishes.sieve import Sieve
from nearer.records import keeping
from nearer.records.shelf import Shelf

MOST = 9


def facts(place: Place, *, at: datetime) -> dict[str, Any]:  # Any: as the rules take them
    """Return the best of it, where it costs little enough to lie on the table without being asked for."""
    found = keeping.gather(Shelf.of_bond(place), wishes.WISHES, dates.OUTING)
    both = wishes.both_in(found, place, at=at, done=done_by_both(dates.outings_in(found)))
    common = [idea.text for idea in both if not idea.by and Sieve().lets(idea.facts)]
    return {"common": tuple(common[:MOST])}
