"""Trying it: a plan for two weeks at most, which holds once both say yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.parts.moves import Agree, NoPlan, Plan, Spoken
from nearer.parts.part import Agreeing
from nearer.parts.steps import Step, Steps
from nearer.practices.onething.chapters.dividing import Piece, shown
from nearer.practices.onething.moves import Ending
from nearer.protocol import Mode, Move, Seat


@dataclass(frozen=True, kw_only=True)
class Trial(Agreeing):
    """A trial of two weeks at most: one writes when and what, and it holds once the other says yes.

    On one phone it is said aloud, and can be written down: nobody can promise for the other, who finds it on their own Today and says
    yes there. In letters whoever holds it writes it.

    Attributes:
        option: what they try.
        split: the same, of several things that are shared out.
        ending: the same, where they find out more first, or ask somebody to help.
        plan: what was put forward last.
        by: the day on which they look at it again.
    """

    steps: ClassVar[Steps] = {
        "plan": Step(
            either=(Plan, NoPlan), one_phone=Step(either=(Plan, Spoken)), letters=Step(holder=(Plan, NoPlan))
        ),
        "agree": Step(holder=(Agree,), one_phone=Step(either=(Agree,))),
    }

    stage: str = "plan"
    option: str = ""
    split: tuple[Piece, ...] = ()
    ending: Ending | None = None
    plan: Plan | None = None
    by: date | None = None

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move. Whoever did not write it says whether it holds."""
        match move:
            case Plan(days=days):
                by = at.astimezone(UTC).date() + timedelta(days=days)
                return self.on("agree", plan=move, by=by, holder=seat.other)
            case Agree(agree=False):
                return self.on("plan", plan=None, by=None, holder=seat)
        return self.settled(move)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What they try, and the plan."""
        return {
            "option": self.option,
            "split": shown(self.split, seat),
            "ending": self.ending,
            "plan": None if self.plan is None else vars(self.plan).copy(),
            "by": self.by,
            "i_speak": seat is self.holder or self.mode is Mode.ONE,
        }
