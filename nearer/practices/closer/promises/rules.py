"""A promise: "When …, I will …", one's own, small, and soon.

The more somebody loves, the more they promise; whether it is kept hangs on how it is planned (Peetz, J., & Kammrath, L.
(2011). Only because I love you: Why people make and why they break promises in romantic relationships). So it is a plan,
two weeks long at most, of which somebody has three at most.

Only whoever promised says what became of it. Until they do, and after they noted for themselves alone that it did not
happen, the other sees the same. When its day is over the day is no longer shown to them; a month after it was put into
words it is gone. Nothing is counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from nearer.protocol import Seat

OPEN_MOST, DAYS_MOST, PART_MOST, REPAIR_MOST = 3, 14, 140, 280
SHOWN_FOR = timedelta(days=30)


class NotOpen(Exception):
    """This is not theirs to do, or not any more."""


class State(StrEnum):
    """What became of it, in the words of whoever promised."""

    OPEN = ""
    KEPT = "kept"
    OWNED = "owned"  # it did not happen, and they say so


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What is sealed.

    Attributes:
        seat: who promises.
        cue: the moment: "I come home on Thursday".
        act: what they do then: "call the bank".
        by: the last day for it, as 2026-01-31.
        said: the day on which it was put into these words.
        state: what became of it.
        repair: one line of repair, when they say that it did not happen.
        noticed: whether the other said that they noticed.
        earlier: how it read before it was changed in time, oldest first: moment, act and day.
        withdrawn: whether it was taken back.
    """

    seat: str
    cue: str
    act: str
    by: str
    said: str
    state: str = State.OPEN
    repair: str = ""
    noticed: bool = False
    earlier: tuple[tuple[str, str, str], ...] = ()
    withdrawn: bool = False

    def __post_init__(self) -> None:
        """Refuse what fits no promise."""
        if self.seat not in list(Seat) or self.state not in list(State):
            raise ValueError
        for day in (self.by, self.said, *(each[2] for each in self.earlier)):
            date.fromisoformat(day)

    @property
    def day(self) -> date:
        """The last day for it."""
        return date.fromisoformat(self.by)

    def is_open(self, today: date) -> bool:
        """Whether it is still to come. What became of it makes no difference a day later: who counts learns nothing."""
        return self.state == State.OPEN and not self.withdrawn and today <= self.day

    def is_over(self, today: date) -> bool:
        """Whether it is gone from all pages."""
        return today > date.fromisoformat(self.said) + SHOWN_FOR

    def changed(self, seat: str, cue: str, act: str, by: date, *, today: date) -> Promise:
        """Return it with other words or another day, which is as good as keeping it.

        Raises:
            NotOpen: it is the other's, or its day is over.
        """
        if seat != self.seat or not self.is_open(today):
            raise NotOpen
        if (cue, act, by) == (self.cue, self.act, self.day):
            return self
        earlier = (*self.earlier, (self.cue, self.act, self.by))
        return replace(self, cue=cue, act=act, by=by.isoformat(), said=today.isoformat(), earlier=earlier)

    def marked(self, seat: str, state: State, repair: str = "") -> Promise:
        """Return it with what became of it; a mark can be taken away again.

        Raises:
            NotOpen: it is the other's, or was taken back.
        """
        if seat != self.seat or self.withdrawn:
            raise NotOpen
        return replace(self, state=state, repair=repair if state is State.OWNED else "")

    def as_noticed(self, seat: str, *, noticed: bool) -> Promise:
        """Return it as the other noticed it, or no longer.

        Raises:
            NotOpen: it is one's own, was taken back, or did not happen.
        """
        if seat == self.seat or self.withdrawn or self.state == State.OWNED:
            raise NotOpen
        return replace(self, noticed=noticed)

    def without(self, seat: str) -> Promise | None:
        """Return what stays when one of the two takes their part back, or folds away that the other did; None for nothing."""
        if self.withdrawn:
            return self if seat == self.seat else None
        if seat != self.seat:
            return replace(self, noticed=False)
        return Promise(seat=seat, cue="", act="", by=self.by, said=self.said, withdrawn=True)

    def seen_by(self, seat: str, *, today: date) -> Seen | None:
        """Return what a seat may see of it; None for nothing."""
        mine = seat == self.seat
        if self.is_over(today) or (mine and self.withdrawn):
            return None
        is_open = self.is_open(today)
        return Seen(
            mine=mine, cue=self.cue, act=self.act, by=self.day if mine or is_open else None, state=State(self.state),
            repair=self.repair, noticed=self.noticed and self.state != State.OWNED, earlier=tuple((cue, act) for cue, act, _ in self.earlier),
            withdrawn=self.withdrawn, is_open=is_open, asks=mine and self.state == State.OPEN and not is_open,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A promise as one of the two sees it.

    Attributes:
        mine: whether they promised it.
        cue: the moment.
        act: what is done then.
        by: the last day for it; of the other's only until then.
        state: what became of it.
        repair: one line of repair.
        noticed: whether the other of the two said that they noticed; nobody noticed what did not happen.
        earlier: how it read before it was changed in time.
        withdrawn: whether it was taken back.
        is_open: whether it is still to come.
        asks: whether its own person is asked how it went.
    """

    mine: bool
    cue: str
    act: str
    by: date | None
    state: State
    repair: str
    noticed: bool
    earlier: tuple[tuple[str, str], ...]
    withdrawn: bool
    is_open: bool
    asks: bool
