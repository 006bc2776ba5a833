"""What the house knows of the two as a sitting of Our Time begins: what both would like, and whether questions grew from their talks.

It is what either finds on a page, and of nobody's own writing: such words stay where their author takes them back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from nearer.bonds.place import Place
from nearer.practices.ourtime import talk
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.rules import done_by_both
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.practices.ourtime.wishes.sieve import Sieve
from nearer.records import keeping
from nearer.records.shelf import Shelf

MOST = 9


def facts(place: Place, *, at: datetime) -> dict[str, Any]:  # Any: as the rules take them
    """Return both; of what they would like the best, where it costs little enough to lie there without being asked for."""
    found = keeping.gather(Shelf.of_bond(place), wishes.WISHES, dates.OUTING, *talk.kinds())
    both = wishes.both_in(found, place, at=at, done=done_by_both(dates.outings_in(found)))
    common = [idea.text for idea in both if not idea.by and Sieve().lets(idea.facts)]
    return {"common": tuple(common[:MOST]), "ours": bool(talk.grown(found, place))}
