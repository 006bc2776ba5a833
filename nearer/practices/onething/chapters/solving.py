"""Finding a way: where to go, what each cannot give up, ways, how each would be, and what is put before both."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.moves import EndHere, Spoken
from nearer.parts.part import Once, Part
from nearer.parts.sealed import Sealed
from nearer.parts.steps import Kinds, Step, Steps
from nearer.practices.onething.chapters.ready import SaidOrSealed
from nearer.practices.onething.fair.choosing import offers
from nearer.practices.onething.moves import (
    ALL,
    Add,
    AskHelp,
    Choose,
    Circles,
    Ending,
    Ideas,
    Kindly,
    Listed,
    NoneFits,
    Rate,
    Reframe,
    Take,
    Today,
)
from nearer.protocol import Both, Mode, Move, Seat
from nearer.protocol.changing import changed

FEWEST = 2
"""How many there are at least before they are weighed."""

type Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Whither(Sealed):
    """Both say, sealed, where it is to go. The gentler of both counts, and it is forgotten whose it was."""

    shows: ClassVar[bool] = False
    steps: ClassVar[Steps] = {"choice": Step(either=(Choose,))}

    stage: str = "choice"

    @property
    def ending(self) -> Ending:
        """Where it goes."""
        wished = [Ending(each) for each in self.answers.given.values()]
        return max(wished, key=list(Ending).index)


@dataclass(frozen=True, kw_only=True)
class TwoCircles(SaidOrSealed):
    """What each cannot give up, and where each can bend."""

    steps: ClassVar[Steps] = {"circles": Step(either=(Circles,), one_phone=Step(either=(Spoken,)))}

    stage: str = "circles"

    def answer(self, move: Move) -> dict[str, str]:
        """Return all three lines."""
        return vars(move).copy()


@dataclass(frozen=True, kw_only=True)
class Alone(Sealed):
    """Each finds two alone, before either has seen one of the other's."""

    steps: ClassVar[Steps] = {"ideas": Step(either=(Ideas,))}

    stage: str = "ideas"

    def answer(self, move: Move) -> Words:
        """Return both."""
        return tuple(vars(move).values())

    @property
    def found(self) -> Words:
        """All four, one of each in turn, so that nothing tells whose is whose."""
        given = self.answers.given
        return tuple(given[seat][n] for n in range(FEWEST) for seat in Seat)


@dataclass(frozen=True, kw_only=True)
class Listing(Part):
    """Together they add some, up to eight, and say when these are all. Nothing is said about any of them yet.

    Attributes:
        options: what there is so far.
        listed: who says that these are all.
    """

    steps: ClassVar[Steps] = {"add": Step(either=(Add, Listed))}

    stage: str = "add"
    options: Words = ()
    listed: frozenset[Seat] = frozenset()

    @property
    def done(self) -> bool:
        """Whether both say that these are all; on one phone they have said so aloud."""
        return len(self.listed) >= (1 if self.mode is Mode.ONE else len(Seat))

    def open_to(self, seat: Seat) -> Kinds:
        """Another one while there is room; that these are all, once there is something to weigh."""
        kinds = super().open_to(seat)
        if len(self.options) >= ALL:
            kinds -= {Add}
        return kinds - {Listed} if len(self.options) < FEWEST or seat in self.listed else kinds

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the list after a move. One that is added is one more to look at for both."""
        match move:
            case Add(words=words):
                return changed(self, options=(*self.options, words), listed=frozenset())
            case Listed():
                return changed(self, listed=self.listed | {seat})
        raise AssertionError(f"no rule for {type(move).__name__}")

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What there is, and whether somebody says that these are all."""
        return {
            "options": list(self.options),
            "listed_mine": seat in self.listed,
            "listed_theirs": seat.other in self.listed,
        }


@dataclass(frozen=True, kw_only=True)
class AsItIs(Sealed):
    """Both say, sealed, how it is if nothing changes. It comes first, so that what it is weighed against stays."""

    shows: ClassVar[bool] = False
    steps: ClassVar[Steps] = {"today": Step(either=(Today,))}

    stage: str = "today"


@dataclass(frozen=True, kw_only=True)
class Weighing(Sealed):
    """Both say, sealed, how each way would be for them. Nobody is ever shown a word of it.

    Attributes:
        options: the ways.
        today: how it is for each as it is.
    """

    shows: ClassVar[bool] = False
    steps: ClassVar[Steps] = {"rate": Step(either=(Rate,))}

    stage: str = "rate"
    options: Words = ()
    today: Both[int] = field(default_factory=Both)

    @property
    def offers(self) -> tuple[int, ...]:
        """What is put before both: at most three, in the order in which they were written."""
        one, other = (self.answers.given[seat][: len(self.options)] for seat in Seat)
        now = self.today.given
        return offers(one, other, (now[Seat.HOST], now[Seat.GUEST]))

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """The ways to weigh, and whether one's own answer is in."""
        return {**super().shown_to(seat), "options": list(self.options)}


@dataclass(frozen=True, kw_only=True)
class Offer(Part):
    """Up to three ways that could do for both. They try one once both say the same one.

    Attributes:
        options: all ways.
        cards: which of them are here.
        wishes: which one each would try.
        last: who said so last; it is the other's to answer.
        none: whether somebody would rather look once more.
    """

    steps: ClassVar[Steps] = {"offer": Step(either=(Take, NoneFits))}

    stage: str = "offer"
    options: Words = ()
    cards: tuple[int, ...] = ()
    wishes: tuple[tuple[Seat, int], ...] = ()
    last: Seat | None = None
    none: bool = False

    @property
    def taken(self) -> int | None:
        """Which one both would try; on one phone they said it aloud."""
        wished = {card for _, card in self.wishes}
        all_in = self.mode is Mode.ONE or len(self.wishes) == len(Seat)
        return next(iter(wished)) if len(wished) == 1 and all_in else None

    @property
    def done(self) -> bool:
        """Whether there is one, or none."""
        return self.none or self.taken is not None

    def open_to(self, seat: Seat) -> Kinds:
        """Say which, unless one's own wish waits for an answer; or look once more."""
        return super().open_to(seat) - (frozenset({Take}) if seat is self.last else frozenset())

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move. What does not lie here cannot be taken."""
        match move:
            case NoneFits():
                return changed(self, none=True)
            case Take(card=card) if card in self.cards:
                wishes = {**dict(self.wishes), seat: card}
                in_order = tuple((each, wishes[each]) for each in Seat if each in wishes)
                return changed(self, wishes=in_order, last=seat)
        return self

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """The cards, and which of them who would try."""
        wishes = dict(self.wishes)
        return {
            "cards": [
                {"card": card, "words": self.options[card], "mine": wishes.get(seat) == card, "theirs": wishes.get(seat.other) == card}
                for card in self.cards
            ]
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LookAgain(Once):
    """Nothing is there yet for both: something easier, to live with it kindly, somebody to help, or enough for today."""

    steps: ClassVar[Steps] = {"reframe": Step(either=(Reframe, Kindly, AskHelp, EndHere))}

    stage: str = "reframe"
