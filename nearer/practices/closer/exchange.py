"""Closer's own parts: a question is drawn, both answer it, each answer is received, and both say where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.part import Ends, Once
from nearer.parts.sealed import Sealed
from nearer.parts.steps import Kinds, Step, Steps
from nearer.practices.closer.moves import Answer, Care, Draw, First, Next, Pass, Respond, Share, Tell, Where
from nearer.protocol import Move, Seat
from nearer.protocol.changing import changed


@dataclass(frozen=True, kw_only=True)
class Drawing(Once):
    """A question is turned over. Whoever begins letters does it alone; elsewhere either does."""

    steps: ClassVar[Steps] = {"draw": Step(either=(Draw,))}

    stage: str = "draw"

    def open_to(self, seat: Seat) -> Kinds:
        """The deck, to whoever may turn the first one over."""
        return frozenset() if self.holder not in {None, seat} else super().open_to(seat)


@dataclass(frozen=True, kw_only=True)
class Answering(Sealed):
    """Both answer the same question under seal; or one goes first in the open.

    Another question may be turned over meanwhile. What was sealed for the last one is never opened then.
    On one phone nothing is written: somebody begins, aloud.

    Attributes:
        card: the question.
        first: who goes first in the open.
        last: whose answer came last.
    """

    steps: ClassVar[Steps] = {
        "answer": Step(either=(Answer, First, Draw), one_phone=Step(either=(First, Draw))),
    }

    stage: str = "answer"
    card: str = ""
    first: Seat | None = None
    last: Seat | None = None

    @property
    def done(self) -> bool:
        """Whether both are in, or somebody goes first."""
        return self.answers.complete or self.first is not None

    def open_to(self, seat: Seat) -> Kinds:
        """What belongs to the step, once for each."""
        return frozenset() if self.done else super().open_to(seat)

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move."""
        match move:
            case Draw(card=card):
                return type(self)(mode=self.mode, card=card)
            case First():
                return changed(self, first=seat)
            case Answer():
                answers = self.answers.put(seat, self.said_by(seat, move, way=self.card))
                return changed(self, answers=answers, last=seat if answers.complete else None)
        raise AssertionError(f"no rule for {type(move).__name__}")

    def scene(self) -> tuple[Any, ...]:  # Any: see Part.scene
        """The step, and which question it is about."""
        return (*super().scene(), self.card)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """One's own sealed answer; the other's has its turn."""
        mine = self.answers.given.get(seat)
        return {"sealed_mine": mine is not None, "mine": mine.words if mine else ""}


@dataclass(frozen=True, kw_only=True)
class Telling(Ends):
    """One of them shares, and the other receives it in one of four ways.

    Where the answer was sealed it is there already, and only received.

    Attributes:
        mine: what the holder had sealed when the other went first, to use again or not.
    """

    steps: ClassVar[Steps] = {
        "share": Step(holder=(Share, Pass)),
        "receive": Step(other=(Respond,)),
        "wish": Step(holder=(Tell,)),
    }

    stage: str = "share"
    card: str = ""
    mine: str = ""

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move."""
        match move:
            case Pass():
                return self.end()
            case Share():
                return self.on("receive", said=(*self.said, self.said_by(seat, move, way=self.card)), mine="")
            case Respond(way=way):
                heard = self._heard(seat, move)
                return self.on("wish", said=heard) if way is Care.WANT else self.end(said=heard)
            case Tell():
                return self.end(said=self._heard(seat, move, may_skip=True))
        raise AssertionError(f"no rule for {type(move).__name__}")

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What the holder had sealed, to nobody else."""
        return {"mine": self.mine if seat is self.holder else ""}


@dataclass(frozen=True, kw_only=True)
class Onward(Sealed):
    """Both say, sealed, where to go on. The shorter way counts, and it is forgotten whose it was."""

    shows: ClassVar[bool] = False
    steps: ClassVar[Steps] = {"onward": Step(either=(Next,))}

    stage: str = "onward"

    @property
    def where(self) -> Where:
        """Where they go on."""
        wished = [Where(each) for each in self.answers.given.values()]
        return min(wished, key=list(Where).index)
