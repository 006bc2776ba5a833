"""Asked and agreed: a request with its equal answers, and a plan that holds once both say yes.

    REQUEST → (letters: UNFOLD →) REPLY ─ yes, or yes with a change → PLAN ⇄ AGREE → done
       └ being understood was enough → done   └ not now, or later → done   └ no plan → done

The holder asks for one small thing. Three ways to answer are equal, none of them is a no, and a fourth puts
the answer off to a day. Whoever is to keep a plan writes it; it holds once the holder says that it helps. In letters
a request opens when both say that they are ready to read. On one phone what one promises is said aloud, for nobody can tap
it for the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.parts.moves import (
    Agree,
    NoPlan,
    NoRequest,
    Plan,
    Reply,
    Request,
    Spoken,
    Unfold,
    Way,
)
from nearer.parts.part import Agreeing
from nearer.parts.steps import Kinds, Step, Steps
from nearer.protocol import Both, Mode, Move, Seat
from nearer.protocol.changing import changed


@dataclass(frozen=True, kw_only=True)
class Promise(Agreeing):
    """A request and what becomes of it.

    Attributes:
        request: what was asked for.
        unfolded: letters: who is ready to read.
        reply: how it was answered.
        plan: what was put forward last.
        by: the day an answer or a plan is for, as whoever chose it read it: "by Friday" is Friday for both.
    """

    steps: ClassVar[Steps] = {
        "request": Step(holder=(Request, NoRequest)),
        "unfold": Step(either=(Unfold,)),
        "reply": Step(other=(Reply,), one_phone=Step(either=(Spoken,))),
        "plan": Step(other=(Plan, NoPlan)),
        "agree": Step(holder=(Agree,)),
    }

    stage: str = "request"
    request: Request | None = None
    unfolded: Both[bool] = field(default_factory=Both)
    reply: Reply | None = None
    plan: Plan | None = None
    by: date | None = None

    def open_to(self, seat: Seat) -> Kinds:
        """What belongs to this step; being ready to read is said once."""
        return frozenset() if self._ready(seat) else super().open_to(seat)

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move."""
        match move:
            case Request():
                return self.on("unfold" if self.mode is Mode.ASYNC else "reply", request=move)
            case Unfold():
                unfolded = changed(self, unfolded=self.unfolded.put(seat, value=True))
                return unfolded.on("reply") if unfolded.unfolded.complete else unfolded
            case Reply():
                return self._answered(move, at)
            case Plan(days=days):
                return self.on("agree", plan=move, by=_day(at, days))
            case Agree(agree=False):
                return self.on("plan", plan=None)
        return self.settled(move)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """The request once it is open to this seat, the answer, and the plan."""
        shut = self.stage == "unfold" and seat is not self.holder
        return {
            "request": None if self.request is None or shut else vars(self.request).copy(),
            "reply": None if self.reply is None else {"way": self.reply.way, "words": self.reply.words},
            "plan": None if self.plan is None else vars(self.plan).copy(),
            "by": self.by,
            "agreed": self.agreed,
            "sealed_mine": self._ready(seat),
        }

    def _ready(self, seat: Seat) -> bool:
        return self.stage == "unfold" and not self.unfolded.waiting_for(seat)

    def _answered(self, reply: Reply, at: datetime) -> Self:
        by = _day(at, reply.days) if reply.way is Way.LATER else None
        told = changed(self, reply=reply, by=by)
        return told.on("plan") if reply.way in {Way.YES, Way.ANOTHER} else told.end()


def _day(at: datetime, days: int) -> date:
    return at.astimezone(UTC).date() + timedelta(days=days)
