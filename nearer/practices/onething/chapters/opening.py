"""How One Thing opens: what it is about, whether now is a good time for both, and one soft sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.part import Once, Part, Saying
from nearer.parts.steps import Step, Steps
from nearer.practices.onething.chapters.ready import BothReady
from nearer.practices.onething.moves import Begin, Gate, GateAloud, SetIssue
from nearer.protocol import Mode, Move, Seat
from nearer.protocol.changing import changed


@dataclass(frozen=True, kw_only=True)
class Issue(Once):
    """Whoever opens it says in one sentence what it is about."""

    steps: ClassVar[Steps] = {"issue": Step(holder=(SetIssue,))}

    stage: str = "issue"


@dataclass(frozen=True, kw_only=True)
class Asking(BothReady):
    """Whether now is a good time for both: else it ends.

    Attributes:
        able: whether the two have had what this builds on.
    """

    steps: ClassVar[Steps] = {"gate": Step(either=(Gate,), one_phone=Step(either=(GateAloud,)))}

    stage: str = "gate"
    able: bool = True

    @property
    def opens(self) -> bool:
        """Whether it begins."""
        return self.able and super().opens

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """Whether one's own answer is in, and whether the two have had what it builds on."""
        return {**super().shown_to(seat), "able": self.able}


@dataclass(frozen=True, kw_only=True)
class Softly(Part):
    """Whoever opens it begins softly: a feeling, the one thing that happened, and what they need.

    Attributes:
        began: what they said.
    """

    steps: ClassVar[Steps] = {"begin": Step(holder=(Begin,))}

    stage: str = "begin"
    began: Saying | None = None

    @property
    def done(self) -> bool:
        """Whether it was said."""
        return self.began is not None

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part with the sentence in it; without words it was said aloud."""
        if not isinstance(move, Begin):
            raise TypeError
        aloud = self.mode is not Mode.ASYNC and (move.aloud or not move.words)
        return changed(self, began=Saying(seat, move.called, move.words, aloud))
