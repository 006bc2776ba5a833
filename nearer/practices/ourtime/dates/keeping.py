"""Dates on the shelf of a bond: put forward, answered, moved, let go, and how they were."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.calendars import entries, looking
from nearer.practices.ourtime.dates.rules import WEEKS, NotOpen, Outing, Told
from nearer.practices.ourtime.moves import moment_of, quarter_of
from nearer.records import keeping
from nearer.records.keeping import BondNotOpen, Gathered, Kind, NotThere, ref_in
from nearer.records.shelf import Shelf

OUTING = Kind(name="time-date", shape=Outing)
OPEN_MOST = 12


class DatesFull(Exception):
    """There are as many dates ahead as two people can look forward to."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """A date as one of the two sees it.

    Attributes:
        ref: its id.
        it: the date.
        seat: whoever looks.
        at: now.
    """

    ref: UUID
    it: Outing
    seat: str
    at: datetime

    @property
    def mine(self) -> bool:
        """Whether this person put it forward, last."""
        return self.it.seat == self.seat

    @property
    def begins(self) -> datetime | None:
        """When it begins, where that is agreed."""
        return moment_of(self.it.begins)

    @property
    def slots(self) -> list[tuple[int, datetime | None]]:
        """The times that were put forward."""
        return [(slot, moment_of(slot)) for slot in self.it.slots]

    @property
    def act(self) -> str:
        """What the two do then, as it was typed."""
        return self.it.act

    @property
    def state(self) -> str:
        """Where it stands: "looking", "mine", "theirs", "agreed", "over", or "told" once this person has said how it was."""
        if self.seat in self.it.told:
            return "told"
        if self.it.is_over(self.at):
            return "over"
        if self.it.is_looking:
            return "looking"
        return "agreed" if self.it.agreed else "mine" if self.mine else "theirs"

    @property
    def asks(self) -> bool:
        """Whether to ask this person how it was."""
        return self.it.asks(self.seat, self.at)

    @property
    def moments(self) -> tuple[tuple[bool, str], ...]:
        """The best moments this person may read."""
        return self.it.moments(self.seat)

    @property
    def was(self) -> datetime | None:
        """When it happened."""
        return moment_of(self.it.was or self.it.begins)


def items_in(found: Gathered, place: Place, *, at: datetime) -> list[Item]:
    """Return the dates, the one that begins first at the beginning."""
    items = [Item(ref=kept.ref, it=kept.document, seat=place.seat, at=at) for kept in found.shown(OUTING)]
    return sorted(items, key=lambda item: (item.it.begins or min(item.it.slots, default=0), str(item.ref)))


def outings_in(found: Gathered) -> list[Outing]:
    """Return all dates, for those who count what happened."""
    return [kept.document for kept in found.of(OUTING)]


def offer(place: Place, outing: Outing, ref: UUID | None = None, *, at: datetime, once: str = "") -> None:
    """Put a date forward, or other times for one that is there.

    Args:
        place: who does.
        outing: what and when.
        ref: the id of the one that gets other times.
        at: now.
        once: what tells the page it was sent from.

    Raises:
        DatesFull: there are enough.
        NotThere: it has been let go meanwhile.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        if ref:
            before = keeping.get(shelf, OUTING, ref).document
            if before.is_over(at):
                raise NotThere
            _leave_calendars(place, before, at)
            again = before.offered(
                place.seat,
                outing.slots,
                cue=outing.cue,
                act=outing.act,
                minutes=outing.minutes,
                weekly=outing.weekly,
            )
            keeping.replace(shelf, OUTING, ref, again, at=at)
        elif not keeping.came(shelf, OUTING, once):
            _make_room(shelf, at)
            ref = keeping.put(shelf, OUTING, outing, at=at, once=once).ref
        if outing.slots:  # the times that were found have become these
            looking.done(place)
        news.tell_other(place, new=ref)


def accept(place: Place, ref: UUID, slot: int, *, at: datetime) -> None:
    """Say yes to a time the other put forward.

    Raises:
        NotThere: it has been let go meanwhile.
        NotOpen: it is their own, or there is no such time any more.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        agreed = keeping.get(shelf, OUTING, ref).document.accepted(place.seat, slot)
        keeping.replace(shelf, OUTING, ref, _entered(place, agreed, at), at=at)
        for week in range(1, WEEKS if agreed.weekly and slot else 1):
            later = replace(agreed, begins=_weeks_later(slot, week), entry="")
            keeping.put(shelf, OUTING, _entered(place, later, at), at=at)
        looking.done(place)
        news.tell_other(place, new=ref)


def move(place: Place, ref: UUID, *, at: datetime) -> None:
    """Look for another time: one tap, no reason, and nothing says whose it was.

    Raises:
        NotThere: it has been let go meanwhile.
        BondNotOpen: nothing new is kept in this bond.
    """
    _change(place, ref, lambda it: it if it.is_over(at) else it.moved(), at=at)


def let_go(place: Place, ref: UUID, *, at: datetime) -> None:
    """Let a date go, also in a closed bond; what lies behind the two stays, and one that is gone needs no word."""
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True), suppress(NotThere):
        it = keeping.get(shelf, OUTING, ref).document
        if not it.is_over(at):
            _leave_calendars(place, it, at)
            keeping.remove(shelf, OUTING, ref)
            news.gone(place, ref)
            # What both had agreed on has to reach the other before its hour does.
            news.tell_other(place, new=f"off {ref}" if it.agreed else None)


def tell(place: Place, ref: UUID, told: Told, *, at: datetime) -> Outing:
    """Say how it was. The other learns of it once they have said so too.

    Returns:
        The date as it is now.

    Raises:
        NotThere: it has been let go meanwhile.
        NotOpen: it has not been yet, or they have said so already.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        kept = keeping.get(shelf, OUTING, ref)
        it = kept.document
        if not it.may_tell(place.seat, at):
            raise NotOpen
        after = it.telling(place.seat, told, at)
        keeping.replace(shelf, OUTING, ref, after, at=kept.at)
    if after.both_told:
        news.tell_other(place, new=ref)
    return after


def take_back(place: Place, ref: UUID, *, at: datetime) -> None:
    """Take back what one said of how it was, also in a closed bond; what is gone needs no word.

    Args:
        place: who does.
        ref: the id of the date.
        at: now.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True), suppress(NotThere):
        kept = keeping.get(shelf, OUTING, ref)
        it = kept.document
        if (left := it.untold(place.seat)) != it:
            keeping.keep_left(shelf, OUTING, kept, left)
            if it.both_told:
                news.tell_other(place)


def put_kept(place: Place, outing: Outing, *, at: datetime) -> None:
    """Keep a date that a sitting left behind, in its transaction.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    keeping.put(Shelf.of_bond(place), OUTING, _entered(place, outing, at), at=at)


def withdraw(place: Place, *, at: datetime) -> None:
    """Take back what this person put forward and told; what both agreed on is let go."""
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        for kept in keeping.find(shelf, OUTING):
            it = kept.document
            left = it.untold(place.seat) if it.is_over(at) else it
            if it.agreed and not it.is_over(at):
                _leave_calendars(place, it, at)
                keeping.remove(shelf, OUTING, kept.ref)
            elif left != it or it.seat == place.seat:
                keeping.keep_left(shelf, OUTING, kept, left if left.told else None)


def _change(place: Place, ref: UUID, change: Callable[[Outing], Outing], *, at: datetime) -> None:
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        before = keeping.get(shelf, OUTING, ref).document
        if (after := change(before)) != before:
            _leave_calendars(place, before, at)
            keeping.replace(shelf, OUTING, ref, after, at=at)
            news.tell_other(place, new=ref)


def _entered(place: Place, it: Outing, at: datetime) -> Outing:
    """Return a date with its entry in calendars: a new one, or the one it had before it was moved."""
    begins, had = moment_of(it.begins), ref_in(it.entry)
    if begins is None or not it.agreed or it.told:
        return it
    with suppress(NotThere):
        if had:
            entries.move(place, had, starts=begins, minutes=it.minutes, at=at)
            return it
    return replace(it, entry=str(entries.add(place, starts=begins, minutes=it.minutes, at=at)))


def _leave_calendars(place: Place, it: Outing, at: datetime) -> None:
    if it.agreed and (entry := ref_in(it.entry)):
        with suppress(NotThere, BondNotOpen):
            entries.cancel(place, entry, at=at)


def _make_room(shelf: Shelf, at: datetime) -> None:
    kept = keeping.find(shelf, OUTING)
    if sum(not each.document.is_over(at) for each in kept) >= OPEN_MOST:
        raise DatesFull


def _weeks_later(slot: int, weeks: int) -> int:
    """Return the same hour by the clock of whoever looks, so many weeks later."""
    begins = moment_of(slot)
    local = timezone.localtime(begins).replace(tzinfo=None) + timedelta(weeks=weeks)
    return quarter_of(timezone.make_aware(local))
