"""Pictures and wishes as they are kept: on the shelf of the bond, sealed, each its author's to take back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, tzinfo

from django.utils import timezone

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.closeness.picture.rules import TAKEN_BACK, Pick, Seen, Wish, counts_from, monday_of, seen_by
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf

PICK = Kind(name="closeness-picture", shape=Pick)
WISH = Kind(name="closeness-curve", shape=Wish)
KINDS = (PICK, WISH)


def seen_in(found: Gathered, place: Place, *, at: datetime) -> Seen:
    """Return what somebody sees, among what was gathered on the bond's shelf."""
    picks = [kept.document for kept in found.of(PICK)]
    wishes = [kept.document for kept in found.of(WISH)]
    return seen_by(place.seat, picks, wishes, today=timezone.localdate(at), at=at)


def seen_of(place: Place, *, at: datetime) -> Seen:
    """Return the same; one query, and one of the key store."""
    return seen_in(keeping.gather(Shelf.of_bond(place), *KINDS), place, at=at)


def pick(place: Place, picture: int, *, at: datetime) -> None:
    """Pick a picture for this week, in the place of an earlier one; once both are open, they stay as they are.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf, monday = Shelf.of_bond(place), monday_of(timezone.localdate(at))
    with keeping.changing(shelf):
        mine, theirs = _both(shelf, place, monday)
        if mine and (_opened(mine, theirs) or mine.document.picture == TAKEN_BACK):
            return
        if mine:
            keeping.remove(shelf, PICK, mine.ref)
        document = Pick(seat=place.seat, week=monday.isoformat(), picture=picture)
        with _telling(place, at, new=f"{PICK.name} {monday}"):
            keeping.put(shelf, PICK, document, at=at)


def take_back(place: Place, monday: date, *, at: datetime) -> None:
    """Take one's own picture of a week back, also in a closed bond; the other sees then what they saw before both had picked.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        mine, theirs = _both(shelf, place, monday)
        if mine is None or mine.document.picture == TAKEN_BACK:
            return
        if not _opened(mine, theirs):
            keeping.remove(shelf, PICK, mine.ref)
            return
        gone = Pick(seat=place.seat, week=mine.document.week, picture=TAKEN_BACK)
        news.gone(place, f"{PICK.name} {monday}")
        with _telling(place, at):
            keeping.replace(shelf, PICK, mine.ref, gone, at=at, closed=True)


def wish(place: Place, *, at: datetime, zone: tzinfo | None = None) -> None:
    """Say that one would like the curve, from tomorrow morning on.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        if not _wishes(shelf, place):
            since = counts_from(at, zone or timezone.get_current_timezone())
            keeping.put(shelf, WISH, Wish(seat=place.seat, since=since.isoformat()), at=at)


def wish_no_more(place: Place, *, at: datetime) -> None:
    """Take that back, at once; the other sees what they see while there are too few weeks.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True), _telling(place, at):
        for kept in _wishes(shelf, place):
            keeping.remove(shelf, WISH, kept.ref)


def withdraw(place: Place, *, at: datetime) -> None:
    """Take back all pictures of this person, and their wish."""
    wish_no_more(place, at=at)
    for week in seen_of(place, at=at).own:
        take_back(place, week.monday, at=at)


def part(place: Place, *, at: datetime) -> None:
    """Take back what has not opened, and the wish, for somebody who leaves."""
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        wish_no_more(place, at=at)
        for week in seen_of(place, at=at).own:
            if not _opened(*_both(shelf, place, week.monday)):
                take_back(place, week.monday, at=at)


@contextmanager
def _telling(place: Place, at: datetime, *, new: str | None = None) -> Iterator[None]:
    """Tell the other to look again, if what they see is another now; otherwise the moment itself would tell something."""
    before = _theirs(place, at)
    yield
    if _theirs(place, at) != before:
        news.tell_other(place, new=new)


def _theirs(place: Place, at: datetime) -> Seen:
    found = keeping.gather(Shelf.of_bond(place), *KINDS)
    picks = [kept.document for kept in found.of(PICK)]
    wishes = [kept.document for kept in found.of(WISH)]
    return seen_by(place.seat.other, picks, wishes, today=timezone.localdate(at), at=at)


def _both(shelf: Shelf, place: Place, monday: date) -> tuple[Kept[Pick] | None, Kept[Pick] | None]:
    there = [kept for kept in keeping.find(shelf, PICK) if kept.document.monday == monday]
    mine = next((kept for kept in there if kept.document.seat == place.seat), None)
    return mine, next((kept for kept in there if kept.document.seat != place.seat), None)


def _opened(mine: Kept[Pick] | None, theirs: Kept[Pick] | None) -> bool:
    return bool(mine and theirs and mine.document.picture and theirs.document.picture)


def _wishes(shelf: Shelf, place: Place) -> list[Kept[Wish]]:
    return [kept for kept in keeping.find(shelf, WISH) if kept.document.seat == place.seat]
