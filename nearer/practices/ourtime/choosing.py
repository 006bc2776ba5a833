"""The steps in which two people find what both would like to do, and when. PURE."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self

from nearer.parts.part import Agreeing, Once, Part
from nearer.parts.sealed import Sealed
from nearer.parts.steps import Kinds, Step, Steps
from nearer.practices.ourtime.halves import HOUR, Shared, common
from nearer.practices.ourtime.moves import (
    Agree,
    Begin,
    Date,
    EndHere,
    Free,
    NoPlan,
    Other,
    Pick,
    Take,
    Wish,
    moment_of,
)
from nearer.practices.ourtime.wishes.rules import Wanted, ranked
from nearer.protocol import Both, Mode, Move, Seat
from nearer.protocol.changing import changed

FEW = 3

type When = tuple[date, int, time]
"""A day, which part of it, and the hour that is put forward."""


@dataclass(frozen=True, kw_only=True)
class Beginning(Once):
    """What they sit down for."""

    steps: ClassVar[Steps] = {"begin": Step(either=(Begin,))}

    stage: str = "begin"


@dataclass(frozen=True, kw_only=True)
class Wishing(Sealed):
    """Each says in private how much they would like each of ten ideas. Only what both would like is ever shown.

    Attributes:
        ideas: the ten.
    """

    shows: ClassVar[bool] = False
    steps: ClassVar[Steps] = {"wish": Step(either=(Wish,))}

    stage: str = "wish"
    ideas: tuple[str, ...] = ()

    @property
    def both(self) -> tuple[int, ...]:
        """The places of the ideas that both would like, best first; a few are enough to choose from."""
        rows = [self.answers.given[seat] for seat in Seat]
        pairs = [Wanted(idea=str(n), levels=levels) for n, levels in enumerate(zip(*rows, strict=True))]
        return tuple(int(each.idea) for each in ranked(pairs))[:FEW]

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """The ideas, and whether one's own answer is in."""
        return {**super().shown_to(seat), "ideas": list(enumerate(self.ideas))}


@dataclass(frozen=True, kw_only=True)
class Same(Part):
    """Both tap the same one of a few; on one phone they have said it aloud, and in letters the other is asked later.

    Attributes:
        taps: which one each has tapped.
        last: who tapped last, and waits for the other.
        over: whether it came to another end.
    """

    taps: Both[int] = field(default_factory=Both)
    last: Seat | None = None
    over: bool = False

    @property
    def chosen(self) -> int | None:
        """Which one both tapped."""
        taps = self.taps.given
        enough = len(taps) == (len(Seat) if self.mode is Mode.LIVE else 1)
        return next(iter(taps.values())) if enough and len(set(taps.values())) == 1 else None

    @property
    def done(self) -> bool:
        """Whether there is one, or another end."""
        return self.over or self.chosen is not None

    def open_to(self, seat: Seat) -> Kinds:
        """What belongs to the step, unless one's own tap waits for an answer."""
        return frozenset() if seat is self.last else super().open_to(seat)

    def _tapped(self, seat: Seat, which: int) -> Self:
        taps = {**self.taps.given, seat: which}
        return changed(self, taps=Both(tuple((each, taps[each]) for each in Seat if each in taps)), last=seat)

    def _marks(self, seat: Seat, which: int) -> dict[str, bool]:
        taps = self.taps.given
        return {"mine": taps.get(seat) == which, "theirs": taps.get(seat.other) == which}


@dataclass(frozen=True, kw_only=True)
class Choosing(Same):
    """What both would like lies open, and they choose one of it.

    Attributes:
        ideas: those of which some lie open.
        cards: the places of those, best first.
        rows: how much each of the two would like each of the ideas, for whoever said so; empty where nobody was asked.
        may_again: whether there are others.
        end: which end it was, if it was not a choice.
    """

    steps: ClassVar[Steps] = {
        "match": Step(either=(Take, Other, EndHere), letters=Step(holder=(Take, Other, EndHere)))
    }

    stage: str = "match"
    ideas: tuple[str, ...] = ()
    cards: tuple[int, ...] = ()
    rows: Both[tuple[int, ...]] = field(default_factory=Both)
    may_again: bool = True
    end: Move | None = None

    @property
    def idea(self) -> str:
        """What they chose."""
        return "" if self.chosen is None else _named(self.ideas, self.chosen)

    def scene(self) -> tuple[Any, ...]:  # Any: see Dialogue.scene
        """The step, and what lies open in it."""
        return (*super().scene(), self.cards)

    def open_to(self, seat: Seat) -> Kinds:
        """Take one where there is one; ten others where there are some; or enough for today."""
        shut: set[type[Move]] = set() if self.cards else {Take}
        return super().open_to(seat) - (shut if self.may_again else shut | {Other})

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move. What does not lie here cannot be taken."""
        match move:
            case Take(card=card):
                return self._tapped(seat, card) if card in self.cards else self
        return changed(self, over=True, end=move)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What both would like, and who has tapped which."""
        cards = [{"card": n, "words": _named(self.ideas, n), **self._marks(seat, n)} for n in self.cards]
        return {"cards": cards, "may_again": self.may_again, "said_before": not self.rows.given}


@dataclass(frozen=True, kw_only=True)
class Halves(Sealed):
    """Each says in private which half-days are free. Only what both have free is ever shown, and at most three.

    It counts by the clock of each: what is an evening here may be an afternoon there.

    Attributes:
        first: the first of the seven days.
    """

    shows: ClassVar[bool] = False
    steps: ClassVar[Steps] = {"free": Step(either=(Free,))}

    stage: str = "free"
    first: date = date.min

    def answer(self, move: Move) -> Any:  # Any: see Sealed.answer
        """The half-days, and by which clock."""
        return move

    @property
    def slots(self) -> tuple[Shared, ...]:
        """The first times that both have free."""
        one, other = (self.answers.given[seat] for seat in Seat)
        return common(one, other)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """The days, and whether one's own answer is in."""
        return {**super().shown_to(seat), "first": self.first}


@dataclass(frozen=True, kw_only=True)
class Slots(Same):
    """The times that suit both, and they choose one.

    Attributes:
        first: the first of the seven days.
        slots: what both have free.
    """

    steps: ClassVar[Steps] = {"slots": Step(either=(Pick, EndHere))}

    stage: str = "slots"
    first: date = date.min
    slots: tuple[Shared, ...] = ()

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move. What does not lie here cannot be taken."""
        match move:
            case Pick(slot=slot):
                return self._tapped(seat, slot) if slot < len(self.slots) else self
        return changed(self, over=True)

    def when(self, slot: int, seat: Seat) -> When:
        """Return when a slot is by the clock of one of the two."""
        day, part, minute = self.slots[slot].by(list(Seat).index(seat))
        return self.first + timedelta(days=day), part, time(*divmod(minute, HOUR))

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """The times by one's own clock, and who has tapped which."""
        when = [self.when(n, seat) for n in range(len(self.slots))]
        return {
            "slots": [
                {"slot": n, "day": day, "part": part, **self._marks(seat, n)}
                for n, (day, part, _hour) in enumerate(when)
            ]
        }


@dataclass(frozen=True, kw_only=True)
class Dating(Agreeing):
    """When …, then we …: one writes it, and it is a date once the other says yes.

    On one phone nobody says yes for the other, who finds it on their own Today.

    Attributes:
        idea: what they would like to do.
        when: the time that suits both, if they looked for one and found it, by the clock of each.
        looked: whether they looked for one.
        plan: what was put forward last.
    """

    steps: ClassVar[Steps] = {
        "date": Step(either=(Date, NoPlan), letters=Step(holder=(Date, NoPlan))),
        "agree": Step(holder=(Agree,)),
    }

    stage: str = "date"
    idea: str = ""
    when: tuple[When, ...] = ()
    looked: bool = False
    plan: Date | None = None
    by: Seat | None = None

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move. Whoever did not write it says whether it holds."""
        match move:
            case Date():
                there = changed(self, plan=move, by=seat, holder=seat.other)
                return there.end() if self.mode is Mode.ONE else there.on("agree")
            case Agree(agree=False):
                holder = self.by if self.mode is Mode.ASYNC else None
                return self.on("date", plan=None, by=None, holder=holder)
        return self.settled(move)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What they would like to do, when it could be, and the plan."""
        plan = None if self.plan is None else {**vars(self.plan), "moment": moment_of(self.plan.quarter)}
        day, part, hour = self.when[list(Seat).index(seat)] if self.when else (None, 0, None)
        return {
            "idea": self.idea, "day": day, "part": part, "hour": hour, "looked": self.looked, "plan": plan,
            "agreed": self.agreed, "i_speak": seat is self.holder,
        }  # fmt: skip


def _named(ideas: tuple[str, ...], place: int) -> str:
    return ideas[place] if place < len(ideas) else ""
