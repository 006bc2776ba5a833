"""The Needs Mirror: each says what matters and guesses what matters to the other; then they ask, and are told.

    MAP → REVEAL → a question and its answer ─ understood → CUE → SIGN → asked and agreed → SWAP → the other's
                                                                                              need, or the end

It is made of parts (`nearer.parts`): a question with an answer that is said back, asked and agreed. Its own ones
are in `talking`. What is here is what follows what.

The one whose need it is, the *owner*, chooses it. The other asks, for asking finds out what guessing does not:
taking somebody's perspective made nobody more accurate in 25 experiments, being told did (Eyal, T., Steffel,
M., & Epley, N. (2018). Perspective mistaking). The owner alone says whether they were understood.

MAP is sealed: each maps, then guesses, and nothing opens before both are done. `mirror` says what a seat may see
then. In letters there is one question and one answer a day. On one phone nobody enters numbers: the guess is
said aloud first, then a card is taken.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.parts.conversation import Conversation
from nearer.parts.part import Part
from nearer.parts.promise import Promise
from nearer.parts.steps import Kinds, kinds_in
from nearer.parts.turn import Answered
from nearer.practices.needs import mirror
from nearer.practices.needs.mirror import Side
from nearer.practices.needs.moves import UNSAID, Answer, Ask, Withdraw
from nearer.practices.needs.talking import ASIDE, Choosing, Maps, Need, Noticing, Tomorrow
from nearer.practices.needs.understanding import first_reading
from nearer.protocol import Mode, Move, Seat
from nearer.protocol.changing import changed

DAY = timedelta(days=1)
PARTS: tuple[type[Part], ...] = (Maps, Choosing, Answered, Noticing, Promise)
PROGRESS = {
    "map": 0, "first": 0, "guess": 0, "pick": 0, "reveal": 0,
    "ask": 1, "tomorrow": 1, "answer": 2, "reflect": 2, "check": 2, "cue": 3, "sign": 3,
    "request": 4, "unfold": 4, "reply": 4, "plan": 5, "agree": 5, "swap": 5,
}  # fmt: skip
"""Where each step is in: look, ask, listen, notice, request, plan."""


@dataclass(frozen=True, kw_only=True)
class Needs(Conversation):
    """A position in the Needs Mirror.

    Attributes:
        maps: what each has put in; they stay beside whatever else goes on.
        turn: how many needs they came to.
        need: the one they talk about.
        sign: what was made of a sign.
        promise: what became of the request for it.
        asked: letters: when the last question went out.
        answered: and the last answer.
    """

    slug: ClassVar[str] = "needs"
    moves: ClassVar[Kinds] = kinds_in(*(part.steps for part in PARTS))
    modes: ClassVar[tuple[Mode, ...]] = (Mode.LIVE, Mode.ONE, Mode.ASYNC)

    questions: tuple[str, ...] = ()
    maps: Maps = field(default_factory=Maps)
    turn: int = 0
    need: Need | None = None
    sign: str = ""
    promise: Promise | None = None
    asked: datetime | None = None
    answered: datetime | None = None

    @classmethod
    def begin(cls, **facts: Any) -> Self:  # Any: fields of this class
        """Begin with the maps; on one phone with whose need comes first."""
        mode = facts.get("mode", Mode.LIVE)
        return cls(now=Choosing(stage="first", mode=mode) if mode is Mode.ONE else Maps(mode=mode), **facts)

    def open_to(self, seat: Seat) -> Kinds:
        """What the part opens, and once the maps are open what may be done beside it."""
        return super().open_to(seat) | (self.maps.open_to(seat) if self.is_open else frozenset())

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return where the move leads."""
        if type(move) in ASIDE:
            return self._aside(seat, move, at)
        after = super().after(seat, move, at)
        if isinstance(move, Ask):
            after = changed(after, asked=at)
        elif isinstance(move, Answer):
            after = changed(after, answered=at)
        return after._not_before_tomorrow(self.stage, at)  # noqa: SLF001 - the same class

    def then(self, part: Part, at: datetime) -> Self:
        """Return what follows a part."""
        match part:
            case Maps():
                return self.go(Choosing(stage="reveal", mode=self.mode), at, maps=part)
            case Choosing(chosen=need, holder=owner) if need is not None and owner is not None:
                name = need.name or self.maps.side(owner).names[need.card] if need.card >= 0 else need.name
                fresh = {"turn": self.turn + 1, "sign": "", "promise": None, "said_from": len(self.all_said)}
                answered = Answered(mode=self.mode, holder=owner)
                return self.go(answered, at, need=Need(need.card, name), **fresh)
            case Answered(holder=owner) if self.mode is not Mode.ASYNC:
                return self.go(Noticing(mode=self.mode, holder=owner), at)
            case Answered(holder=owner):  # a sign is seen or heard: in letters there is none
                return self.go(Promise(mode=self.mode, holder=owner), at)
            case Noticing(holder=owner, sign=sign):
                return self.go(Promise(mode=self.mode, holder=owner), at, sign=sign)
            case Promise(holder=owner) if self.turn < len(Seat):
                return self.go(Choosing(stage="swap", mode=self.mode, holder=owner), at, promise=part)
            case Promise():
                return changed(self, promise=part)
        return self

    def scene(self) -> tuple[Any, ...]:  # Any: see Dialogue.scene
        """The step, and which need in a row it is."""
        return (*super().scene(), self.turn)

    @property
    def is_open(self) -> bool:
        """Whether both maps are in, and open as far as their owners opened them."""
        return self.maps.done

    @property
    def owner(self) -> Seat | None:
        """Whose need it is."""
        return self.now.holder

    @property
    def asked_for(self) -> Promise:
        """What was asked for and agreed in this turn."""
        return self.now if isinstance(self.now, Promise) else self.promise or Promise()

    def side(self, seat: Seat) -> Side:
        """Return what one of the two put in. For the rules, and for what is kept: show people `shown_to`."""
        return self.maps.side(seat)

    @property
    def outcome(self) -> dict[str, Any]:  # Any: plain JSON values
        """What remains of the sitting itself: that what was opened of the maps stays, with the pages of the room."""
        return {"leaves": self.done and self.is_open and self.mode is not Mode.ONE}

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What this seat may see. What was said is gone at the end; the maps stay where both can find them."""
        shown = {
            "steps": PROGRESS[self.stage],
            "questions": list(self.questions),
            "owner": self.owner,
            "speaker": self.owner,  # the page takes the ink of the one it is about
            "i_speak": seat is self.owner,
            "i_own": seat is self.owner,
            "turn": self.turn,
            "loop": 0,
            "nods": 0,
            "need": None if self.need is None else asdict(self.need),
            "sign": self.sign,
            "guessing": False,
            **self.asked_for.shown_to(seat),
            "sealed_mine": False,
            **self.outcome,
            **super().shown_to(seat),
            "lacks_freedom": self._mine(seat).lacks_freedom,
            "my_cards": self._cards_of(seat),
            **self._mirrored(seat),
        }
        gone: dict[str, Any] = {
            "said": [],
            "last": None,
            **dict.fromkeys(("need", "request", "reply", "plan", "by")),
        }
        return shown | gone if self.done else shown

    def _mine(self, seat: Seat) -> Side:
        maps = self.now if isinstance(self.now, Maps) else self.maps
        return maps.side(seat)

    def _mirrored(self, seat: Seat) -> dict[str, Any]:  # Any: plain values
        if not self.is_open or self.done:
            return {"rows": [], "shared": False, "reading": None}
        sides = dict(self.maps.sides)
        told = first_reading(mirror.pairs(sides, seat)) if self.stage == "reveal" else None
        return {
            "rows": mirror.rows(sides, seat),
            "shared": bool(mirror.strengths(sides)),
            "reading": asdict(told) if told else None,
        }

    def _cards_of(self, seat: Seat) -> list[dict[str, Any]]:  # Any: plain values
        """Return this seat's own cards, for a list in which to show one, take one back, or choose one."""
        side = self._mine(seat)
        rated = [card for card, level in enumerate(side.importance) if level != UNSAID]
        first = sorted(rated, key=lambda card: (-side.importance[card], card))
        return [
            {
                "card": card, "name": side.names[card], "level": side.importance[card], "met": side.met[card],
                "private": bool(side.private[card]), "shown": card in side.shown,
                "shown_met": card in side.shown_met,
            }
            for card in first
        ]  # fmt: skip

    def _aside(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Show a card or take one back: with it goes its name where it is talked about."""
        maps = self.maps.after(seat, move, at)
        if maps is self.maps:
            return self
        about = isinstance(move, Withdraw) and seat is self.owner and self.need is not None
        gone = about and self.need is not None and self.need.card == getattr(move, "card", None)
        return changed(self, maps=maps, need=None if gone else self.need)

    def _not_before_tomorrow(self, before: str, at: datetime) -> Self:
        """In letters hold a question or an answer back until a day has passed since the last of its kind."""
        last = {"ask": self.asked, "answer": self.answered}.get(self.stage)
        if self.mode is not Mode.ASYNC or self.stage == before or last is None or at >= last + DAY:
            return self
        return self.hold(Tomorrow.back(self.now, opens=last + DAY), at)


DIALOGUE = Needs
