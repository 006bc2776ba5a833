"""The steps in which two people are there: a quiet screen, a film talked about, and how it was. PURE."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.parts.part import Ends
from nearer.parts.sealed import Sealed
from nearer.parts.steps import Kinds, Step, Steps
from nearer.practices.ourtime.moves import EndHere, Finish, Glow, Here, Long, NextOne, Ours, Stop, Turn
from nearer.protocol import Mode, Move, Seat
from nearer.protocol.changing import changed

QUESTIONS = 12
"""About the two people in a film (Rogge, R. D., Cobb, R. J., Lawrence, E., Johnson, M. D., & Bradbury, T. N. (2013). Is
skills training necessary for the primary prevention of marital distress and dissolution?)."""


@dataclass(frozen=True, kw_only=True)
class Present(Ends):
    """How long, then both say that they are here, and then nothing: the screen is dark until the time is over.

    Attributes:
        minutes: how long.
        here: who said so.
        card: something to talk about, if they turned one over.
        ours: whether something grew from their own talks.
        grown: that, if they turned it over.
    """

    steps: ClassVar[Steps] = {
        "long": Step(either=(Long,)),
        "here": Step(either=(Here,)),
        "quiet": Step(either=(Turn, Ours, Stop)),
    }

    stage: str = "long"
    minutes: int = 0
    here: tuple[Seat, ...] = ()
    card: str = ""
    ours: bool = False
    grown: str = ""

    def open_to(self, seat: Seat) -> Kinds:
        """What belongs to the step; "here" is said once, and what grew is there where something did."""
        if self.stage == "here" and seat in self.here:
            return frozenset()
        return super().open_to(seat) - (set() if self.ours else {Ours})

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move."""
        match move:
            case Long(span=span):
                return self.on("here", minutes=int(span))
            case Here():
                here = tuple(each for each in Seat if each in {*self.here, seat})
                arrived = changed(self, here=here)
                all_in = self.mode is Mode.ONE or len(here) == len(Seat)
                return arrived.on("quiet") if all_in else arrived
            case Turn(card=card):
                return changed(self, card=card, grown="")
            case Ours(question=question):
                return changed(self, card="", grown=question) if question else self
        return self.end()

    def lasts(self) -> timedelta:
        """How long it is quiet."""
        return timedelta(minutes=self.minutes)

    def chimes(self, began: datetime) -> tuple[datetime, ...]:
        """One chime, at the end."""
        return (began + self.lasts(),) if self.stage == "quiet" else ()

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """How long, who is here, and what there is to talk about."""
        return {
            "minutes": self.minutes, "card": self.card, "grown": self.grown, "im_here": seat in self.here,
            "they_are_here": seat.other in self.here,
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Film(Ends):
    """Twelve questions about the two people in a film. Who answers first alternates; it is all said aloud.

    Attributes:
        question: which one, from 0.
    """

    steps: ClassVar[Steps] = {"film": Step(either=(NextOne, EndHere))}

    stage: str = "film"
    question: int = 0

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move."""
        last = isinstance(move, EndHere) or self.question + 1 == QUESTIONS
        return self.end() if last else changed(self, question=self.question + 1)

    def scene(self) -> tuple[Any, ...]:  # Any: see Dialogue.scene
        """The step and the question: two who tap at once go on by one."""
        return (*super().scene(), self.question)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """The question, and who answers first."""
        first = self.holder if self.question % 2 == 0 else (self.holder and self.holder.other)
        return {"question": self.question, "questions": QUESTIONS, "i_begin": seat is first}


@dataclass(frozen=True, kw_only=True)
class After(Sealed):
    """How it was: each in private, and then the best moments lie open.

    Whether again shows only if both said yes, and how long only if both said so: then it is the shorter of the two.
    """

    steps: ClassVar[Steps] = {"glow": Step(either=(Glow,)), "opened": Step(either=(Finish,))}

    stage: str = "glow"

    def answer(self, move: Move) -> Any:  # Any: see Sealed.answer
        """The whole of it is sealed."""
        return move

    @property
    def again(self) -> bool:
        """Whether both would do it again."""
        return self.answers.complete and all(glow.again for glow in self.answers.given.values())

    @property
    def minutes(self) -> int:
        """How long it was, where both said so."""
        return min((glow.minutes for glow in self.answers.given.values()), default=0) * self.answers.complete

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """The moments once both are in, and what both said alike. When it is over they lie in the pages of the room."""
        open_now = self.answers.complete and not self.done
        moments = [
            {"mine": each is seat, "words": glow.words}
            for each, glow in self.answers.given.items()
            if open_now and glow.words
        ]
        return {
            "sealed_mine": self._sealed_by(seat), "moments": moments, "again": self.again,
            "minutes": self.minutes,
        }  # fmt: skip
