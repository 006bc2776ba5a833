"""A break with a way back: either takes it at once, without a reason, and says when they are back.

Of two wishes the slower one counts. Until then nothing can be written, by nobody; at the hour both are asked whether they
are ready. If not both are, there is one more break for both; then they choose another day. So they do after a second break
within an hour.
After three quarters of an hour it stops for both as well: good work so far, and a time to go on, or the end for today.

A body that is flooded needs about twenty minutes to settle, and longer when one goes on rehearsing; a named time to come
back keeps a break from being a way out (as taught in the time-out of several programmes for couples).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.parts.moves import EndHere
from nearer.parts.part import Held
from nearer.parts.steps import Kinds, Step, Steps
from nearer.practices.onething.chapters.ready import BothReady
from nearer.practices.onething.moves import BackAloud, Return, TimeOut
from nearer.protocol import Mode, Move, Seat
from nearer.protocol.changing import changed

DEFAULT = timedelta(minutes=30)
PATIENT, OPEN = timedelta(minutes=20), timedelta(hours=24)
"""How long both have to say that they are ready: live, and else."""


@dataclass(frozen=True, kw_only=True)
class Resting(Held):
    """A break. Whoever did not call it may wish for a longer one, once.

    Attributes:
        called: when it was called.
        until: when both are called back.
        wished: who has said how long.
        renewed: whether it is the second one.
        last: whether they go on another day, for there was a break within the hour.
    """

    steps: ClassVar[Steps] = {"rest": Step(either=(TimeOut,))}

    stage: str = "rest"
    called: datetime
    until: datetime
    wished: frozenset[Seat] = frozenset()
    renewed: bool = False
    last: bool = False

    @property
    def done(self) -> bool:
        """Time alone ends it."""
        return False

    @property
    def timer(self) -> datetime:
        """When both are called back."""
        return self.until

    def open_to(self, seat: Seat) -> Kinds:
        """A wish for a longer one, once; none where it is not gone on from."""
        return frozenset() if self.last or seat in self.wished else super().open_to(seat)

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the break with a wish in it; the slower one counts."""
        if not isinstance(move, TimeOut):
            raise TypeError
        until = self.called + timedelta(minutes=move.minutes)
        return changed(self, until=max(self.until, until), wished=self.wished | {seat})

    def scene(self) -> tuple[Any, ...]:  # Any: see Part.scene
        """The step, and whether it is the second one."""
        return (*super().scene(), self.renewed)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """When they are back."""
        return {"until": self.until, "renewed": self.renewed, "last_break": self.last}


@dataclass(frozen=True, kw_only=True)
class Returning(BothReady, Held):
    """The hour has come: are both ready? Else there is one more break, and after that they choose another day.

    Attributes:
        since: the hour.
        renewed: whether there was a second break.
    """

    steps: ClassVar[Steps] = {"back": Step(either=(Return,), one_phone=Step(either=(BackAloud,)))}

    stage: str = "back"
    since: datetime
    renewed: bool = False

    @property
    def timer(self) -> datetime:
        """When one more break begins, or it closes for another day, whatever was answered or was not."""
        return self.since + (PATIENT if self.mode is Mode.LIVE else OPEN)

    def scene(self) -> tuple[Any, ...]:  # Any: see Part.scene
        """The step, and whether there was a second break."""
        return (*super().scene(), self.renewed)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """Whether it is the second time."""
        return {**super().shown_to(seat), "renewed": self.renewed}


@dataclass(frozen=True, kw_only=True)
class LongEnough(Held):
    """They have talked for long enough: a time to go on, as after a break, or the end for today."""

    steps: ClassVar[Steps] = {"long": Step(either=(EndHere, TimeOut))}

    stage: str = "long"

    @property
    def done(self) -> bool:
        """One of the two decides."""
        return False

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part as it is: where either move leads is the room's to say."""
        return self
