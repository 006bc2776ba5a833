"""What somebody put out of their own sight: noted at their own hand, and nobody else's to know.

The thing itself stays where it lies, in every copy and under every rule, and nothing the other receives is different
for it. Only the lists of whoever put it away pass it over, until they bring it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from nearer.bonds.models import Member
from nearer.bonds.place import Place
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kind
from nearer.records.shelf import Shelf
from nearer.vault.ring import Ring

MOST = 500  # things of one bond; of more, the oldest are seen again


class Thing(NamedTuple):
    """Something that was put away: its id, what sort of thing it is, and the day."""

    ref: str
    sort: str
    day: str


@dataclass(frozen=True, kw_only=True)
class Away:
    """What is sealed, once for each bond: no words, and nobody's name.

    Attributes:
        bond: the id of the bond.
        things: what was put away, oldest first, each as in `Thing`.
    """

    bond: str
    things: tuple[tuple[str, str, str], ...] = ()

    def without(self, ref: str) -> Away:
        """Return it with one thing brought back."""
        return replace(self, things=tuple(each for each in self.things if each[0] != ref))

    def holding(self, thing: Thing) -> Away:
        """Return it with one thing more; the same thing twice is one."""
        return replace(
            self, things=(*self.without(thing.ref).things, (thing.ref, thing.sort, thing.day))[-MOST:]
        )


AWAY = Kind(name="away", shape=Away)


def among(own: Gathered, place: Place) -> frozenset[str]:
    """Return the ids of what was put away in a bond, among what was gathered at somebody's own hand."""
    return frozenset(ref for ref, *_ in _in(own, place).things)


def gather(place: Place, ring: Ring, *kinds: Kind[Any]) -> Gathered:
    """Find all records of some kinds in a bond, with what this person put away, in one query."""
    wanted: list[tuple[Shelf, Sequence[Kind[Any]]]] = [(Shelf.of_bond(place), kinds)]
    if ring.private:
        wanted.append((_hand(place, ring), [AWAY]))
    found, *own = keeping.gather_all(wanted)
    return replace(found, away=among(own[0], place)) if own else found


def things(place: Place, ring: Ring) -> list[Thing]:
    """Return what this person put away in a bond, newest first."""
    if not ring.private:
        return []
    return [Thing(*each) for each in reversed(_in(keeping.gather(_hand(place, ring), AWAY), place).things)]


def put_away(place: Place, ring: Ring, thing: Thing, *, at: datetime) -> None:
    """Put something out of one's own sight, at once; also in a closed bond."""
    shelf = _hand(place, ring)
    with keeping.changing(shelf):
        _forget_what_is_over(shelf)
        now = _in(keeping.gather(shelf, AWAY), place)
        keeping.put(shelf, AWAY, now.holding(thing), at=at, about=now.bond)


def bring_back(place: Place, ring: Ring, ref: str, *, at: datetime) -> None:
    """Bring something back into one's sight; what is not away needs no word."""
    shelf = _hand(place, ring)
    with keeping.changing(shelf):
        now = _in(keeping.gather(shelf, AWAY), place).without(ref)
        if now.things:
            keeping.put(shelf, AWAY, now, at=at, about=now.bond)
        else:
            keeping.remove(shelf, AWAY, shelf.row_about(AWAY.name, now.bond))


def _in(own: Gathered, place: Place) -> Away:
    bond = str(place.bond.pk)
    found = [kept.document for kept in own.of(AWAY) if kept.document.bond == bond]
    return found[-1] if found else Away(bond=bond)


def _hand(place: Place, ring: Ring) -> Shelf:
    return Shelf.at_hand(place.me.user_id, ring)


def _forget_what_is_over(shelf: Shelf) -> None:
    """Let go of what was put away in bonds that are no more, or in which this person has no seat any longer."""
    seats = {str(bond) for bond in Member.objects.filter(user=shelf.owner).values_list("bond", flat=True)}
    for kept in keeping.find(shelf, AWAY):
        if kept.document.bond not in seats:
            keeping.remove(shelf, AWAY, kept.ref)
