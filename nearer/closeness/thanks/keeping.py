"""Appreciations as they are kept: on the shelf of the bond, each its author's to change, give or take back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils import timezone

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.closeness.picture.rules import monday_of
from nearer.closeness.thanks.rules import Item, Thanks, items, opens_at
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kind
from nearer.records.shelf import Shelf

THANKS = Kind(name="thanks", shape=Thanks)


def items_in(found: Gathered, place: Place, *, at: datetime) -> list[Item]:
    """Return what somebody sees, among what was gathered on the bond's shelf, newest first; not what they put away."""
    seen = items(place.seat, [(kept.ref, kept.document) for kept in found.of(THANKS)], at=at)
    return [item for item in seen if item.mine or str(item.ref) not in found.away]


def items_of(place: Place, *, at: datetime) -> list[Item]:
    """Return the same; one query, and one of the key store."""
    return items_in(keeping.gather(Shelf.of_bond(place), THANKS), place, at=at)


def say(place: Place, words: str, *, at: datetime) -> bool:
    """Write this week's, in the place of one that has not opened yet.

    Returns:
        Whether it was kept; not where this week's is open already.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf, monday = Shelf.of_bond(place), monday_of(timezone.localdate(at))
    with keeping.changing(shelf):
        mine = next((i for i in items_of(place, at=at) if i.mine and i.thanks.monday == monday), None)
        if mine and (mine.is_open or mine.thanks.is_withdrawn):
            return False
        given = at.isoformat() if mine and mine.thanks.given else ""
        written = Thanks(
            seat=place.seat, week=monday.isoformat(), words=words, since=at.isoformat(), given=given
        )
        if mine:
            kept = keeping.replace(shelf, THANKS, mine.ref, written, at=at)
        else:
            kept = keeping.put(shelf, THANKS, written, at=at)
        _tell(place, kept.ref, at)
    return True


def give(place: Place, ref: UUID, *, at: datetime) -> None:
    """Give one's own alone, without waiting for the other's; one that is open or gone stays as it is.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        item = _own(place, ref, at)
        if item and not item.thanks.given and not item.is_open:
            keeping.replace(shelf, THANKS, ref, replace(item.thanks, given=at.isoformat()), at=at)
            _tell(place, ref, at)


def take_back(place: Place, ref: UUID, *, at: datetime) -> None:
    """Take one's own back, also in a closed bond: without a trace before it has opened, and as withdrawn after.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        item = _own(place, ref, at)
        if item is None or item.thanks.is_withdrawn:
            return
        if not item.is_open:
            keeping.remove(shelf, THANKS, ref)
            news.gone(place, ref)
            return
        keeping.replace(shelf, THANKS, ref, replace(item.thanks, words=""), at=at, closed=True)
        news.gone(place, ref)
        news.tell_other(place)


def withdraw(place: Place, *, at: datetime) -> None:
    """Take back all of one's own."""
    for item in items_of(place, at=at):
        if item.mine:
            take_back(place, item.ref, at=at)


def part(place: Place, *, at: datetime) -> None:
    """Take back what has not opened, for somebody who leaves."""
    for item in items_of(place, at=at):
        if item.mine and not item.is_open:
            take_back(place, item.ref, at=at)


def _own(place: Place, ref: UUID, at: datetime) -> Item | None:
    return next((item for item in items_of(place, at=at) if item.mine and item.ref == ref), None)


def _tell(place: Place, ref: UUID, at: datetime) -> None:
    """Tell both when it opens, if it will: whoever waits for the other's is told nothing, and nor is the other."""
    there = {kept.ref: kept.document for kept in keeping.find(Shelf.of_bond(place), THANKS)}
    mine = there[ref]
    theirs = next(
        (each for each in there.values() if (each.week, each.seat) == (mine.week, place.seat.other)), None
    )
    opens = opens_at(mine, theirs)
    if opens and opens > at:
        news.tell_when_there(place, opens, partial(keeping.is_still, ref), new=ref)
