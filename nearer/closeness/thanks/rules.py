"""PURE: what of the appreciations one of the two may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from nearer.closeness.picture.rules import monday_of
from nearer.protocol import Seat

WORDS_MOST = 200
WAITS = timedelta(minutes=2)
"""For so long after the last step it can still be taken back without a trace."""


@dataclass(frozen=True, kw_only=True)
class Thanks:
    """What is sealed of an appreciation.

    Attributes:
        seat: whose.
        week: the Monday of its week, as a date.
        words: at most 200 characters; none once it was taken back after it had opened.
        since: when it was written.
        given: when it was given alone, without waiting for the other's; empty for not.
    """

    seat: str
    week: str
    words: str
    since: str
    given: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no appreciation of a week."""
        Seat(self.seat), datetime.fromisoformat(self.since)
        if self.monday != monday_of(self.monday):
            raise ValueError
        if self.given:
            datetime.fromisoformat(self.given)

    @property
    def monday(self) -> date:
        """The first day of its week."""
        return date.fromisoformat(self.week)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back after it had opened."""
        return not self.words


@dataclass(frozen=True, kw_only=True)
class Item:
    """An appreciation as one of the two sees it.

    Attributes:
        ref: its id.
        thanks: what it is.
        mine: whether it is this person's own.
        goes: whether it was given alone and is on its way. That it opens because the other wrote one shows when it has.
        opened: when the other could see it first; None while it is sealed.
    """

    ref: UUID
    thanks: Thanks
    mine: bool
    goes: bool
    opened: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether the other sees it."""
        return self.opened is not None


def items(seat: Seat, found: Iterable[tuple[UUID, Thanks]], *, at: datetime) -> list[Item]:
    """Return what one of the two sees, newest first: their own, and the other's once they have opened.

    Args:
        seat: whose eyes.
        found: all appreciations of both, with their ids.
        at: now.
    """
    there = list(found)
    by_week = {(thanks.monday, Seat(thanks.seat)): thanks for _, thanks in there}
    made = []
    for ref, thanks in there:
        opens = opens_at(thanks, by_week.get((thanks.monday, Seat(thanks.seat).other)))
        mine, is_open = thanks.seat == seat, opens is not None and opens <= at
        if mine or is_open:
            goes = bool(thanks.given) and not is_open
            made.append(Item(ref=ref, thanks=thanks, mine=mine, goes=goes, opened=opens if is_open else None))
    return sorted(made, key=lambda item: (item.thanks.monday, item.thanks.since), reverse=True)


def opens_at(one: Thanks, other: Thanks | None) -> datetime | None:
    """Return when an appreciation opens: two minutes after it was given alone, or after the later of the two was written."""
    moments = [datetime.fromisoformat(one.given)] if one.given else []
    if other:
        moments.append(max(datetime.fromisoformat(each.since) for each in (one, other)))
    return min(moments) + WAITS if moments else None
