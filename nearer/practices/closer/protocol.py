"""Closer: both answer the same question, and each answer is received, before the next question comes.

    DRAW → ANSWER, sealed until both are in → RECEIVE, one after the other → ONWARD, sealed ─ another, or deeper → DRAW
              └ somebody goes first: SHARE → RECEIVE → the other may SHARE, or only listens ↗  └ enough → closing

It is made of parts (`nearer.parts`); its own ones are in `exchange`. What is here is what follows what.

Both say something of themselves, and in turn: closeness grows with disclosure that is mutual and goes deeper step by
step (Aron, A., Melinat, E., Aron, E. N., Vallone, R. D., & Bator, R. J. (1997). The experimental generation of
interpersonal closeness), with answers that show care (Laurenceau, J.-P., Barrett, L. F., & Pietromonaco, P. R. (1998).
Intimacy as an interpersonal process), and with taking turns within each exchange (Sprecher, S., Treger, S., Wondra, J.
D., Hilaire, N., & Wallpe, K. (2013). Taking turns).

Every sitting begins at the first of three levels. It goes deeper when both wish so, which nobody is shown; the second
opens once two have finished a sitting on the first, the third once they have been on the second and each has switched it
on for themselves (`settles`). On one phone, whose owner could tap for both, there is no third.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.closing import Closing
from nearer.parts.conversation import Conversation
from nearer.parts.part import Part, Saying
from nearer.parts.steps import Kinds, kinds_in
from nearer.practices.closer.exchange import Answering, Drawing, Onward, Telling
from nearer.practices.closer.moves import Answer, Care, Draw, Respond, Share, Where
from nearer.protocol import Mode, Seat

LEVELS = 3
MOST = {Mode.LIVE: 4, Mode.ASYNC: 4, Mode.ONE: 3}
"""After so many questions it is time to stop, and on one phone to put it away."""
TOP = {Mode.LIVE: LEVELS, Mode.ASYNC: LEVELS, Mode.ONE: LEVELS - 1}
PARTS: tuple[type[Part], ...] = (Drawing, Answering, Telling, Onward, Closing)
PROGRESS = {"draw": 0, "answer": 0, "share": 1, "receive": 1, "wish": 1, "onward": 2}
"""Where each step is in: ask, receive, go on."""


def deck_of(level: int) -> str:
    """Return the name of the deck with the questions of a level."""
    return f"closer.level-{level}"


@dataclass(frozen=True, kw_only=True)
class Closer(Conversation):
    """A position in Closer.

    Attributes:
        practised: how many sittings these two have finished that went as deep as they could go then.
        level: how deep they are.
        turn: which question it is.
        card: the question.
        order: who shares first and who second.
        second: what the second has sealed, or had when the first went ahead in the open.
        waits_sealed: whether that is there to be received when its turn comes.
    """

    slug: ClassVar[str] = "closer"
    moves: ClassVar[Kinds] = kinds_in(*(part.steps for part in PARTS))
    modes: ClassVar[tuple[Mode, ...]] = (Mode.LIVE, Mode.ONE, Mode.ASYNC)
    tells: ClassVar[frozenset[str]] = frozenset({Answer.called, Share.called})

    practised: int = 0
    level: int = 1
    turn: int = 1
    card: str = ""
    order: tuple[Seat, ...] = ()
    second: Saying | None = None
    waits_sealed: bool = False

    @classmethod
    def begin(cls, **facts: Any) -> Self:  # Any: fields of this class
        """Begin with a question to draw."""
        mode, starter = facts.get("mode", Mode.LIVE), facts.get("starter", Seat.HOST)
        return cls(now=Drawing(mode=mode, holder=starter if mode is Mode.ASYNC else None), **facts)

    @property
    def top(self) -> int:
        """The deepest level that is open to these two."""
        return min(TOP[self.mode], 1 + self.practised)

    @property
    def deck(self) -> str:
        """The questions of the level."""
        return deck_of(self.level)

    def then(self, part: Part, at: datetime) -> Self:
        """Return what follows a part."""
        match part:
            case Drawing(move=Draw(card=card)):
                return self.go(Answering(mode=self.mode, card=card), at, card=card)
            case Answering(first=Seat() as first):
                return self._in_the_open(part, first, at)
            case Answering():
                return self._opened(part, at)
            case Telling(holder=holder) if holder is self.order[0]:
                return self._next_one(part, at)
            case Telling() if self.turn < MOST[self.mode]:
                return self.go(Onward(mode=self.mode), at)
            case Onward(where=where) if where is not Where.ENOUGH:
                return self._on(where, at)
            case Telling() | Onward():
                return self.go(Closing(mode=self.mode), at)
        return self

    def scene(self) -> tuple[Any, ...]:  # Any: see Dialogue.scene
        """The step, the question in a row, how deep they are, and who began."""
        return (*super().scene(), self.turn, self.level, *self.order[:1])

    @property
    def speaker(self) -> Seat | None:
        """Who shares."""
        return self.now.holder if isinstance(self.now, Telling) else None

    @property
    def kept(self) -> bool:
        """Whether both want to keep it."""
        return isinstance(self.now, Closing) and self.now.kept

    @property
    def outcome(self) -> dict[str, Any]:  # Any: plain JSON values
        """What remains: whether they went as deep as they could."""
        return {"easy": self.level == self.top, "kept": self.kept}

    def heard_by(self, seat: Seat) -> tuple[Saying, ...]:
        """Return what a seat may see of what was said: about this question, and in the end all of it, if it stays."""
        if self.kept or (self.mode is Mode.ASYNC and isinstance(self.now, Closing) and not self.done):
            return self.all_said
        return () if self.done else super().heard_by(seat)

    def echoes(self, saying: Saying) -> bool:
        """Whether a saying says back what the other shared."""
        return saying.kind == Respond.called and saying.way == Care.BACK

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What this seat may see. What was said is gone at the end, unless both keep it."""
        return {
            "card": "" if isinstance(self.now, Drawing | Onward | Closing) else self.now_card,
            "level": self.level,
            "turn": self.turn,
            "may_deepen": self.level < self.top,
            "second": bool(self.order) and self.speaker is self.order[-1],
            "speaker": self.speaker,
            "i_speak": seat is self.speaker,
            "loop": 0,
            "nods": 0,
            "unsaid": self._is_unsaid,
            "both": self._both,
            "mine": "",
            "notes": {},
            "kept": False,
            "sealed_mine": False,
            "steps": PROGRESS.get(self.stage),
            **super().shown_to(seat),
        }

    @property
    def now_card(self) -> str:
        """The question on the table."""
        return self.now.card if isinstance(self.now, Answering) else self.card

    @property
    def _is_unsaid(self) -> bool:
        """Whether somebody has an answer, and is to say it aloud now that both have one."""
        said = self.now.said[-1:] if isinstance(self.now, Telling) else ()
        return any(saying.kind == Answer.called and saying.aloud for saying in said)

    @property
    def _both(self) -> dict[Seat, str]:
        """What both wrote, side by side in the moment it opens; then it is received one after the other."""
        if self.mode is not Mode.LIVE or self.stage != "receive" or not (self.waits_sealed and self.second):
            return {}
        both = (*self.now.said, self.second)
        return {} if any(each.aloud for each in both) else {each.seat: each.words for each in both}

    def _in_the_open(self, part: Answering, first: Seat, at: datetime) -> Self:
        """Somebody goes first. What the other has sealed meanwhile stays theirs, to use again or not."""
        told = Telling(mode=self.mode, holder=first, card=part.card)
        sealed = part.answers.given.get(first.other)
        return self.go(
            told, at, card=part.card, order=(first, first.other), second=sealed, waits_sealed=False
        )

    def _opened(self, part: Answering, at: datetime) -> Self:
        """Both are in: one after the other is received. Whoever says it aloud begins, and else they take turns.

        In letters the answer that came last goes first: whoever gave it reads the other's once theirs is surely there.
        """
        given = part.answers.given
        lead = self.starter if self.turn % 2 else self.starter.other
        if self.mode is Mode.ASYNC:
            lead = part.last or lead
        first = next((each for each in Seat if given[each].aloud and not given[each.other].aloud), lead)
        told = self._receiving(given[first])
        return self.go(
            told, at, card=part.card, order=(first, first.other), second=given[first.other], waits_sealed=True
        )

    def _next_one(self, part: Telling, at: datetime) -> Self:
        if self.waits_sealed and self.second is not None:
            return self.go(self._receiving(self.second), at, second=None, waits_sealed=False)
        words = self.second.words if self.second else ""
        told = Telling(mode=self.mode, holder=self.order[1], card=self.card, mine=words)
        return self.go(told, at, second=None)

    def _receiving(self, said: Saying) -> Telling:
        return Telling(mode=self.mode, holder=said.seat, stage="receive", card=said.way, said=(said,))

    def _on(self, where: Where, at: datetime) -> Self:
        deepest = {Where.DEEPER: LEVELS - 1, Where.THIRD: LEVELS}.get(where, self.level)
        level = max(self.level, min(self.level + 1, self.top, deepest))
        drawing = Drawing(mode=self.mode)
        return self.go(
            drawing, at, level=level, turn=self.turn + 1, card="", order=(), said_from=len(self.all_said)
        )


DIALOGUE = Closer
