"""Until when somebody has looked at what the other puts before them: at their own hand, and nobody else's to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kind
from nearer.records.shelf import Shelf


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What is sealed.

    Attributes:
        bond: the id of the bond.
        what: which of its places.
        until: what came there up to this moment has been seen.
    """

    bond: str
    what: str
    until: str


SEEN = Kind(name="seen", shape=Seen)


def until(own: Gathered, place: Place, what: str) -> datetime | None:
    """Return until when somebody has looked, among what was gathered at their own hand; None for never."""
    found = (kept.document for kept in own.of(SEEN))
    mine = [seen.until for seen in found if (seen.bond, seen.what) == (str(place.bond.pk), what)]
    return datetime.fromisoformat(max(mine)) if mine else None


def note(request: MemberRequest, place: Place, what: str, *, at: datetime) -> None:
    """Note that somebody looks now. Their phone between two people, and a page that is only asked about, notes nothing."""
    if request.method == "GET" and request.ring.private:
        seen = Seen(bond=str(place.bond.pk), what=what, until=at.isoformat())
        shelf = Shelf.at_hand(request.user.pk, request.ring)
        keeping.put(shelf, SEEN, seen, at=at, about=f"{what} {place.bond.pk}")


def gathered(request: MemberRequest) -> Gathered:
    """Return what a page needs that is not made of cards."""
    if not request.ring.private:
        return Gathered(found={SEEN.name: []})
    return keeping.gather(Shelf.at_hand(request.user.pk, request.ring), SEEN)
