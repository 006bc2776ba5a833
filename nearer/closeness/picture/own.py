"""What somebody marks beside the curve for themselves, and that they let a week be: at their own hand, nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.closeness.picture.rules import Seen, monday_of
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf
from nearer.vault.ring import Ring

WORDS_MOST, MOST = 40, 30
FIRST_AFTER = timedelta(days=7)


class Full(Exception):
    """As many marks as there may be are there."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What is sealed of something that happened.

    Attributes:
        bond: the id of the bond it stands in.
        day: when.
        words: what, in a few words.
    """

    bond: str
    day: str
    words: str

    def __post_init__(self) -> None:
        """Refuse what has no day."""
        date.fromisoformat(self.day)

    @property
    def on(self) -> date:
        """When."""
        return date.fromisoformat(self.day)


@dataclass(frozen=True, kw_only=True)
class LetBe:
    """What is sealed of a week that somebody let be."""

    bond: str
    week: str


MARK = Kind(name="closeness-mark", shape=Mark)
LET_BE = Kind(name="closeness-let-be", shape=LetBe)


def marks_in(own: Gathered, place: Place) -> list[Kept[Mark]]:
    """Return somebody's own marks in a bond, oldest day first."""
    mine = [kept for kept in own.of(MARK) if kept.document.bond == str(place.bond.pk)]
    return sorted(mine, key=lambda kept: (kept.document.on, kept.at))


def mark(place: Place, ring: Ring, day: date, words: str, *, at: datetime, once: str = "") -> None:
    """Mark something that happened.

    Raises:
        Full: there are thirty.
    """
    hand = Shelf.at_hand(place.me.user_id, ring)
    if len(marks_in(keeping.gather(hand, MARK), place)) >= MOST:
        raise Full
    made = Mark(bond=str(place.bond.pk), day=day.isoformat(), words=words)
    keeping.put(hand, MARK, made, at=at, once=once)


def unmark(place: Place, ring: Ring, ref: UUID) -> None:
    """Remove a mark; one that is gone needs no word."""
    keeping.remove(Shelf.at_hand(place.me.user_id, ring), MARK, ref)


def let_be(place: Place, ring: Ring, *, at: datetime) -> None:
    """Let this week be: Today asks no more until the next."""
    bond = str(place.bond.pk)
    week = monday_of(timezone.localdate(at)).isoformat()
    keeping.put(Shelf.at_hand(place.me.user_id, ring), LET_BE, LetBe(bond=bond, week=week), at=at, about=bond)


def asks(own: Gathered, place: Place, seen: Seen, *, at: datetime) -> bool:
    """Whether Today asks somebody for this week's picture: from the second week of a bond on, once, and only them."""
    bond, week = str(place.bond.pk), seen.now.monday.isoformat()
    is_ready = place.bond.state == Bond.State.OPEN and place.bond.made_on + FIRST_AFTER <= timezone.localdate(
        at
    )
    let = any((kept.document.bond, kept.document.week) == (bond, week) for kept in own.of(LET_BE))
    return is_ready and not let and seen.now.mine is None and not seen.now.is_over
