"""What the pages and cards of a rhythm show: one look at all of it, for one of the two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.records.keeping import Gathered, Kind
from nearer.rhythm import keeping as rhythm
from nearer.rhythm.rules import COUNTED, Now, Offer, agreed, days_together, next_of, suggested
from nearer.sittings.practice import practices, switches
from nearer.sittings.run import queries


def kinds() -> list[Kind[Any]]:  # Any: of whichever shape
    """Return what has to be gathered on the bond's shelf: the rhythm, what switches rooms on, and what days rooms know of."""
    known: list[Kind[Any]] = [kind for room in practices() if room.together for kind in room.together.KINDS]
    needed: list[Kind[Any]] = [*rhythm.KINDS, *switches(), *known]
    return list({kind.name: kind for kind in needed}.values())


@dataclass(frozen=True, kw_only=True)
class When:
    """An hour as its reader sees it.

    Attributes:
        ref: its id.
        mine: whether they suggested it.
        comes: when it comes next, or today, where they live.
        is_today: whether that is today.
        is_moved: whether it comes at another hour than at first, since clocks have changed for one of the two alone.
    """

    ref: UUID
    mine: bool
    comes: datetime
    is_today: bool
    is_moved: bool


@dataclass(frozen=True, kw_only=True)
class Look:
    """All of it.

    Attributes:
        found: what was gathered of `kinds`.
        place: whose eyes.
        at: now.
    """

    found: Gathered
    place: Place
    at: datetime

    @property
    def is_open(self) -> bool:
        """Whether anything new begins here."""
        return self.place.bond.state == Bond.State.OPEN

    @cached_property
    def agreed(self) -> When | None:
        """The hour both want."""
        return self._when(agreed(rhythm.offers_in(self.found, self.place)))

    @cached_property
    def suggested(self) -> When | None:
        """An hour one of the two suggests; not the other's that was put away."""
        offer = suggested(rhythm.offers_in(self.found, self.place))
        return None if offer and str(offer.ref) in self.found.away else self._when(offer)

    @cached_property
    def season(self) -> Now:
        """Where a season stands."""
        return rhythm.now_in(self.found, self.place, at=self.at)

    @cached_property
    def days(self) -> int:
        """On how many of the last thirty days the two were together; 0 unless both would like to see it."""
        if not rhythm.shows_days(self.found, at=self.at):
            return 0
        today = timezone.localdate(self.at)
        past = queries.past_sittings(
            self.place, most=None, since=today - COUNTED + timedelta(days=1)
        )  # fmt: skip
        known: list[date] = [listed.day for listed in past]
        for room in practices():
            known += room.together.days(self.found, self.place) if room.together else ()
        return days_together(known, today=today)

    def _when(self, offer: Offer | None) -> When | None:
        if offer is None or not self.is_open:
            return None
        first, today = (
            offer.hour.starts,
            timezone.localtime(self.at).replace(hour=0, minute=0, second=0, microsecond=0),
        )
        comes = timezone.localtime(next_of(first, since=today))
        return When(
            ref=offer.ref, mine=offer.hour.seat == self.place.seat, comes=comes, is_today=comes.date() == today.date(),
            is_moved=comes.time() != timezone.localtime(first).time(),
        )  # fmt: skip
