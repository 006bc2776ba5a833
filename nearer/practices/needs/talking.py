"""The Needs Mirror's own parts: the maps, choosing a need, a sign that was noticed, and the day between two letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.part import Ends, Held, Part
from nearer.parts.steps import Kinds, Step, Steps
from nearer.practices.needs import mirror
from nearer.practices.needs.mirror import Side
from nearer.practices.needs.moves import (
    EndHere,
    First,
    Guess,
    Guessed,
    Map,
    Notice,
    Pick,
    PickOwn,
    Show,
    SignMeans,
    Swap,
    Withdraw,
)
from nearer.protocol import Move, Seat
from nearer.protocol.changing import changed

NO_SIDES = ((Seat.HOST, Side()), (Seat.GUEST, Side()))
ASIDE: Kinds = frozenset({Show, Withdraw})


@dataclass(frozen=True, kw_only=True)
class Maps(Part):
    """Both map, then guess, each for themselves; nothing opens before all four are in.

    Once they are open, each may show another card of theirs, or take one back, beside whatever else goes on.

    Attributes:
        sides: what each has put in.
        mapped: who has mapped.
        guessed: who has guessed as well.
    """

    steps: ClassVar[Steps] = {"map": Step(either=(Map, Guess)), "aside": Step(either=(Show, Withdraw))}

    stage: str = "map"
    sides: tuple[tuple[Seat, Side], ...] = NO_SIDES
    mapped: frozenset[Seat] = frozenset()
    guessed: frozenset[Seat] = frozenset()

    @property
    def done(self) -> bool:
        """Whether both maps are in, and open as far as their owners opened them."""
        return len(self.guessed) == len(Seat)

    def open_to(self, seat: Seat) -> Kinds:
        """First the map, then the guess; and once it is open what may be done beside the talk."""
        if self.done:
            return ASIDE
        given = {Map} if seat not in self.mapped else {Guess} if seat not in self.guessed else set()
        return frozenset(given)

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the maps after a move."""
        sides = dict(self.sides)
        match move:
            case Map():
                return changed(self._with(seat, sides[seat].mapped(move)), mapped=self.mapped | {seat})
            case Guess():
                return changed(self._with(seat, sides[seat].guessed(move)), guessed=self.guessed | {seat})
            case Show(card=card, met=met):
                return self._with(seat, sides[seat].showing(card, met=met))
            case Withdraw(card=card):
                after = mirror.taken_back(sides, seat, card)
                gone = after[seat] is not sides[seat]
                return changed(self, sides=tuple((each, after[each]) for each in Seat)) if gone else self
        raise AssertionError(f"no rule for {type(move).__name__}")

    def side(self, seat: Seat) -> Side:
        """Return what one of the two put in. For the rules, and for what is kept: show people what a view holds."""
        return dict(self.sides)[seat]

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """Whether one's own are in, and what comes next of them."""
        return {
            "sealed_mine": not self.done and seat in self.guessed,
            "guessing": not self.done and seat in self.mapped and seat not in self.guessed,
        }

    def _with(self, seat: Seat, side: Side) -> Self:
        if side is self.side(seat):
            return self
        return changed(
            self, sides=tuple((each, side if each is seat else other) for each, other in self.sides)
        )


@dataclass(frozen=True)
class Need:
    """What they talk about: a card, or -1 for none, and own words for it."""

    card: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Choosing(Part):
    """Somebody's need is chosen, by nobody else and no program. The holder is whose it was, or is.

    On one phone somebody begins, the other says aloud what they guess, and then a card is taken.

    Attributes:
        chosen: the need; `holder` is then whose it is.
        ended: whether this was enough for today.
    """

    steps: ClassVar[Steps] = {
        "first": Step(either=(First,)),
        "guess": Step(other=(Guessed,)),
        "pick": Step(holder=(Pick, PickOwn)),
        "reveal": Step(either=(Pick, PickOwn, EndHere), letters=Step(either=(Pick, EndHere))),
        "swap": Step(
            other=(Pick, PickOwn, EndHere),
            holder=(EndHere,),
            letters=Step(other=(Pick, EndHere)),
            one_phone=Step(either=(Swap, EndHere)),
        ),
    }

    chosen: Need | None = None
    ended: bool = False

    @property
    def done(self) -> bool:
        """Whether a need was chosen, or it ends here."""
        return self.ended or self.chosen is not None

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move."""
        match move:
            case First():
                return self.on("guess", holder=seat)
            case Swap():
                return self.on("guess", holder=(self.holder or seat).other)
            case Guessed():
                return self.on("pick")
            case Pick(card=card):
                return changed(self, holder=seat, chosen=Need(card, ""))
            case PickOwn(name=name):
                return changed(self, holder=seat, chosen=Need(-1, name))
        return changed(self, ended=True)


@dataclass(frozen=True, kw_only=True)
class Noticing(Ends):
    """One sign that the other saw or heard, if there was one; only whoever gave it says what it meant.

    Attributes:
        sign: what they made of it; empty for none.
    """

    steps: ClassVar[Steps] = {"cue": Step(other=(Notice,)), "sign": Step(holder=(SignMeans,))}

    stage: str = "cue"
    sign: str = ""

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move."""
        match move:
            case Notice():
                said = self._heard(seat, move, may_skip=True)
                return self.on("sign", said=said) if said else self.end()
            case SignMeans(sign=sign):
                return self.end(sign=sign)
        raise AssertionError(f"no rule for {type(move).__name__}")


@dataclass(frozen=True, kw_only=True)
class Tomorrow(Held):
    """Letters: one question and one answer a day. The next one opens a day after the last.

    Attributes:
        opens: when.
    """

    steps: ClassVar[Steps] = {"tomorrow": Step()}

    stage: str = "tomorrow"
    opens: datetime

    @property
    def done(self) -> bool:
        """It goes on by itself."""
        return False

    @property
    def timer(self) -> datetime | None:
        """When the next one opens."""
        return self.opens

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Nothing is open meanwhile."""
        return self

    def scene(self) -> tuple[Any, ...]:  # Any: see Part.scene
        """What waits."""
        return (*super().scene(), *self.held.scene())
