"""A turn: one says something, the other says it back, and whoever spoke says whether that is it.

    SPEAK → REFLECT → CHECK ─ yes → done
              ↑ CLARIFY ↲  not yet │
                                   └ third → ENOUGH → done

The holder has the floor: nobody replies, the other can only nod. Whoever spoke alone decides whether they
were understood: feeling understood is what counts, and no software can judge it. After three tries that
were not quite it, they may call it close enough, or leave it there.

A turn may begin with an open question of the other's (`Answered`); and good news is not said back: the other
is glad with whoever has it (`News`). Both are the same turn with other steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.parts.moves import (
    Answer,
    Ask,
    Check,
    Cheer,
    Clarify,
    Enough,
    Fit,
    Nod,
    Reflect,
    Said,
    Speak,
    Validate,
)
from nearer.parts.part import Once, Part
from nearer.parts.steps import Step, Steps
from nearer.protocol import Mode, Move, Seat
from nearer.protocol.changing import changed

TRIES = 3
NOD_REST = timedelta(seconds=3)
CHIMES = (timedelta(seconds=90), timedelta(seconds=180))


def while_speaking(kind: type[Said]) -> Step:
    """Return a step in which one speaks. Nobody nods at a letter; on one phone they look at each other."""
    alone = Step(holder=(kind,))
    return Step(holder=(kind,), other=(Nod,), letters=alone, one_phone=alone)


@dataclass(frozen=True, kw_only=True)
class Nodding(Part):
    """A part in which the other can nod while somebody speaks.

    Attributes:
        nods: signs of the other's in this step.
        nodded: when the last of them was.
    """

    nods: int = 0
    nodded: datetime | None = None

    def on(self, stage: str, **changes: Any) -> Self:  # Any: fields of the part
        """Return the part in another step, in which nobody has nodded yet."""
        return super().on(stage, **{"nods": 0, "nodded": None, **changes})

    def _nod(self, at: datetime) -> Self:
        if self.nodded is not None and at - self.nodded < NOD_REST:
            return self
        return changed(self, nods=self.nods + 1, nodded=at)


@dataclass(frozen=True, kw_only=True)
class Turn(Nodding):
    """A position in a turn. `says`, `back` and `adds` name its steps, `tries` how often it may be said back.

    Attributes:
        loop: how often it was not quite it.
        understood: what whoever spoke made of it; None while it goes on.
    """

    says: ClassVar[str] = "speak"
    back: ClassVar[str] = "reflect"
    adds: ClassVar[str] = "clarify"
    steps: ClassVar[Steps] = {
        "speak": while_speaking(Speak),
        "reflect": Step(other=(Reflect,)),
        "check": Step(holder=(Check,)),
        "clarify": while_speaking(Clarify),
        "enough": Step(holder=(Enough,)),
    }

    stage: str = "speak"
    loop: int = 0
    understood: bool | None = None

    @property
    def done(self) -> bool:
        """Whether they were understood, or left it there."""
        return self.understood is not None

    @property
    def speaking(self) -> bool:
        """Whether the holder is saying something."""
        return self.stage in {self.says, self.adds}

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the turn after a move."""
        match move:
            case Nod():
                return self._nod(at)
            case Check(answer=answer):
                return self._checked(answer)
            case Enough(enough=enough):
                return changed(self, understood=enough)
            case Said():
                return self.on(self._next(), said=self._heard(seat, move))
        raise AssertionError(f"no rule for {type(move).__name__}")

    def scene(self) -> tuple[Any, ...]:  # Any: see Part.scene
        """The step, whose turn it is, and how often it was not quite it."""
        return (*super().scene(), self.loop)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """Whose turn it is, how often it was not quite it, and the nods."""
        return {"i_speak": seat is self.holder, "loop": self.loop, "nods": self.nods}

    def chimes(self, began: datetime) -> tuple[datetime, ...]:
        """While somebody speaks: a sign after a minute and a half, and after three. Letters have no clock."""
        speaks = self.speaking and self.mode is not Mode.ASYNC
        return tuple(began + chime for chime in CHIMES) if speaks else ()

    def _next(self) -> str:
        if self.speaking:
            return self.back
        return "check" if self.stage == self.back else self.says

    def _checked(self, answer: Fit) -> Self:
        if answer is Fit.YES:
            return changed(self, understood=True)
        loop = self.loop + 1
        if loop < TRIES:
            return self.on(self.adds, loop=loop)
        return self.on("enough", loop=loop) if "enough" in self.steps else changed(self, understood=False)


@dataclass(frozen=True, kw_only=True)
class Answered(Turn):
    """One open question and its answer, which is said back like anything else. After three tries it goes on."""

    says: ClassVar[str] = "answer"
    adds: ClassVar[str] = "answer"
    steps: ClassVar[Steps] = {
        "ask": Step(other=(Ask,)),
        "answer": Step(holder=(Answer,)),
        "reflect": Turn.steps["reflect"],
        "check": Turn.steps["check"],
    }

    stage: str = "ask"

    def chimes(self, began: datetime) -> tuple[datetime, ...]:
        """An answer takes its time."""
        return ()


@dataclass(frozen=True, kw_only=True)
class News(Turn):
    """Good news: instead of saying it back, the other is glad with whoever has it, in one of three ways."""

    back: ClassVar[str] = "cheer"
    steps: ClassVar[Steps] = {
        **{name: step for name, step in Turn.steps.items() if name != "reflect"},
        "cheer": Step(other=(Cheer,)),
    }


@dataclass(frozen=True, kw_only=True)
class Acknowledging(Once):
    """The other says what makes sense in it, or skips that. Nothing is asked back."""

    steps: ClassVar[Steps] = {"validate": Step(other=(Validate,))}

    stage: str = "validate"


@dataclass(frozen=True, kw_only=True)
class Asking(Once):
    """One open question at the end of a turn, or none. It may be answered in the next."""

    steps: ClassVar[Steps] = {"ask": Step(other=(Ask,))}

    stage: str = "ask"
