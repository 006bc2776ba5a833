"""To be understood, and to see how it is for the other: not by guessing, but by asking and being corrected.

Taking somebody's perspective did not make people more accurate, getting it from them did (Eyal, T., Steffel, M., & Epley, N.
(2018). Perspective mistaking: Accurately understanding the mind of another requires getting perspective, not taking
perspective). So whoever is meant has the last word on every line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.moves import EndHere, Said, Spoken
from nearer.parts.part import Ends, Once, Saying
from nearer.parts.sealed import Sealed
from nearer.parts.steps import Step, Steps
from nearer.practices.onething.chapters.ready import SaidOrSealed
from nearer.practices.onething.moves import Again, Correct, Felt, Kinder, Under, View
from nearer.protocol import Mode, Move, Seat
from nearer.protocol.changing import changed


@dataclass(frozen=True, kw_only=True)
class Understood(Sealed):
    """Both say, sealed, whether they feel understood enough. Nobody is shown whose "not yet" it was."""

    shows: ClassVar[bool] = False
    steps: ClassVar[Steps] = {"felt": Step(either=(Felt,))}

    stage: str = "felt"

    def not_yet(self, answer: Any) -> bool:  # Any: see Sealed.not_yet
        """Whether somebody would like to be understood better first."""
        return not answer


@dataclass(frozen=True, kw_only=True)
class NotYet(Once):
    """Something has not arrived yet: one more round about the smallest part of it, or enough for today."""

    steps: ClassVar[Steps] = {"still": Step(either=(Again, EndHere))}

    stage: str = "still"


@dataclass(frozen=True, kw_only=True)
class ViewBack(Ends):
    """One says how it is for the other, who holds this and makes it their own: that's me.

    Attributes:
        seen: how it looked from the other side.
    """

    steps: ClassVar[Steps] = {"view": Step(other=(View,)), "correct": Step(holder=(Correct,))}

    stage: str = "view"
    seen: View | None = None

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move; what was corrected is what stays of it."""
        match move:
            case View():
                return self.on("correct", seen=move)
            case Correct():
                lines = {"want": move.want, "why": move.why, "fear": move.fear}
                said = tuple(Saying(seat, name, words, aloud=False) for name, words in lines.items() if words)
                return self.end(said=(*self.said, *said))
        raise AssertionError(f"no rule for {type(move).__name__}")

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """How it looks from the other side."""
        return {"i_speak": seat is self.holder, "seen": None if self.seen is None else vars(self.seen).copy()}


@dataclass(frozen=True, kw_only=True)
class BothSay(SaidOrSealed):
    """Something both say, and it stays among what was said."""

    def answer(self, move: Move) -> str:
        """Return what was written."""
        return move.words if isinstance(move, Said) else ""

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move. Once both are in, that is what was said."""
        sealed = super().after(seat, move, at)
        if not sealed.done or not isinstance(move, Said):
            return sealed
        given = sealed.answers.given
        said = tuple(
            Saying(each, move.called, given[each], aloud=self.mode is not Mode.ASYNC and not given[each])
            for each in Seat
        )
        return changed(sealed, said=(*self.said, *said))


@dataclass(frozen=True, kw_only=True)
class Underneath(BothSay):
    """What it touches that is older or bigger than today. Either may skip it."""

    steps: ClassVar[Steps] = {"under": Step(either=(Under,), one_phone=Step(either=(Spoken,)))}

    stage: str = "under"


@dataclass(frozen=True, kw_only=True)
class Kindness(BothSay):
    """It stays a difference: what each can do to make it kinder."""

    steps: ClassVar[Steps] = {"kinder": Step(either=(Kinder,), one_phone=Step(either=(Spoken,)))}

    stage: str = "kinder"
