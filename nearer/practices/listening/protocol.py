"""The Floor: one speaks, the other says back what they heard, then they change places.

    TOPIC → HEAT → ROLES → a turn ─ understood → VALIDATE → ASK → MORE → another turn, or on
      ↑ easier │      good news: a turn of being glad → MORE ↗    on: SWAP → the other's turn, or closing
      └────────┘

It is made of parts (`nearer.parts`): a turn, acknowledging, a question, closing. Its own ones are in
`opening`. What is here is what follows what.

Good news needs neither heat nor saying back, and whoever has it goes first: how somebody responds to good
news went with how two people fared later, more than how they respond to bad news (Gable, S. L., Gonzaga, G.
C., & Strachman, A. (2006). Will you be there for me when things go right?).

In letters the one who began writes first, and a letter about something hard stays shut until its reader has
said how that feels (WARM). After VALIDATE it is their turn to write.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.parts.closing import Closing
from nearer.parts.conversation import Conversation
from nearer.parts.part import Once, Part, Saying
from nearer.parts.steps import Kinds, kinds_in
from nearer.parts.turn import Acknowledging, Asking, News, Turn
from nearer.practices.listening.moves import Coin, Feel, Heat, More, Swap, Variant, Volunteer
from nearer.practices.listening.opening import Changing, Feeling, MoreOf, Roles, Topics, Warm
from nearer.protocol import COOLING, Mode, Move, Seat
from nearer.protocol.changing import changed

PRACTISED = 2  # after this many easy Floors any topic is theirs to choose
TURNS = 3
HARD_COOLING = timedelta(minutes=10)
PARTS: tuple[type[Part], ...] = (
    Topics, Feeling, Warm, Roles, Turn, News, Acknowledging, Asking, MoreOf, Changing, Closing,
)  # fmt: skip
PROGRESS = {
    "speak": 0, "clarify": 0, "reflect": 1, "cheer": 1, "check": 2, "enough": 2, "validate": 3, "ask": 4, "more": 5, "swap": 5,
}  # fmt: skip
"""Where each step is in: speak, say back, check, see why, ask, what is next."""


@dataclass(frozen=True, kw_only=True)
class Listening(Conversation):
    """A position on the Floor.

    Attributes:
        practised: the number of easy Floors this bond has finished before.
        ideas: easy topics that these two have not met before.
        topic: what it is about.
        variant: what sort of talk it is.
        easy: whether it was an everyday topic, and easy for both.
        tries: how often they looked for an easier one.
        floors: who has had the floor, in order.
        turn: the turn in this floor.
        coin: how a coin fell.
    """

    slug: ClassVar[str] = "listening"
    moves: ClassVar[Kinds] = kinds_in(*(part.steps for part in PARTS))
    modes: ClassVar[tuple[Mode, ...]] = (Mode.LIVE, Mode.ONE, Mode.ASYNC)
    basic: ClassVar[bool] = True

    practised: int = 0
    ideas: tuple[str, ...] = ()
    topic: str = ""
    variant: Variant = Variant.EVERYDAY
    easy: bool = False
    tries: int = 0
    floors: tuple[Seat, ...] = ()
    turn: int = 0
    coin: str | None = None

    @classmethod
    def begin(cls, **facts: Any) -> Self:  # Any: fields of this class
        """Begin with a topic to find, or with the one that waited in the parking place."""
        found = cls(now=Topics(), **facts)
        if found.topic:
            return found._opened(None)
        return changed(found, now=found._topics())

    def then(self, part: Part, at: datetime) -> Self:
        """Return what follows a part."""
        match part:
            case Topics():
                return self._about(part, at)
            case Feeling():
                too_much = not part.opens or not (part.easy or self.practised >= PRACTISED)
                easy = part.easy and self.variant is Variant.EVERYDAY
                return self._easier(at) if too_much else self.go(Roles(mode=self.mode), at, easy=easy)
            case Turn():
                return self._after_turn(part, at)
            case Acknowledging() if self.mode is not Mode.ASYNC:
                return self.go(Asking(mode=self.mode, holder=self.speaker), at)
            case Acknowledging() | Asking():
                return self._rounded(at)
            case Once(move=move, by=by) if by is not None:
                return self._taken(move, by, at)
        return self

    def stand(self, part: Part, at: datetime) -> Self:
        """Return the position with the part moved on. A letter about something hard waits for its reader."""
        moved = super().stand(part, at)
        shut = self.mode is Mode.ASYNC and self.variant is Variant.HARD and len(self.floors) == self.turn == 1
        if shut and isinstance(self.now, Turn) and (self.stage, moved.stage) == ("speak", "reflect"):
            return moved.hold(Warm.back(moved.now), at)
        return moved

    def scene(self) -> tuple[Any, ...]:  # Any: see Dialogue.scene
        """The step, the sort of talk, and how often they came by here."""
        tries = self.tries if isinstance(self.now, Topics | Feeling) else 0
        return (*super().scene(), self.variant, tries, len(self.floors), self.turn)

    @property
    def speaker(self) -> Seat | None:
        """Who has the floor."""
        early = isinstance(self.now, Topics | Feeling | Roles)
        return self.floors[-1] if self.floors and not (early or isinstance(self.now, Closing)) else None

    @property
    def kept(self) -> bool:
        """Whether both want to keep it."""
        return isinstance(self.now, Closing) and self.now.kept

    @property
    def outcome(self) -> dict[str, Any]:  # Any: plain JSON values
        """What remains: whether the topic was an easy one, and the topic if both keep it."""
        return {"topic": self.topic if self.kept else "", "easy": self.easy, "kept": self.kept}

    @property
    def cooling(self) -> timedelta:
        """Words about something hard can be taken back for longer."""
        return HARD_COOLING if self.variant is Variant.HARD else COOLING

    def heard_by(self, seat: Seat) -> tuple[Saying, ...]:
        """Return what a seat may see of what was said: this turn, and in the end all of it, if it stays."""
        if self.kept or (self.mode is Mode.ASYNC and isinstance(self.now, Closing) and not self.done):
            return self.all_said
        shut = isinstance(self.now, Warm | Topics)
        return () if self.done else tuple(s for s in super().heard_by(seat) if s.seat is seat or not shut)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What this seat may see. What was said is gone at the end, unless both keep it."""
        return {
            "topic": "" if self.done and not self.kept else self.topic,
            "variant": self.variant,
            "easier": self.tries > 0,
            "may_be_hard": self.practised >= PRACTISED,
            "ideas": list(self.ideas) if isinstance(self.now, Topics) else [],
            "suggested": [],
            "speaker": self.speaker,
            "i_speak": seat is self.speaker,
            "floors": list(self.floors),
            "turn": self.turn,
            "loop": 0,
            "nods": 0,
            "coin": self.coin,
            "notes": {},
            "kept": False,
            "sealed_mine": False,
            "steps": PROGRESS.get(self.stage),
            **super().shown_to(seat),
        }

    def _topics(self) -> Topics:
        return Topics(mode=self.mode, holder=self.starter if self.mode is Mode.ASYNC else None)

    def _about(self, topics: Topics, at: datetime) -> Self:
        found = topics.taken
        if found is None or (found.variant is Variant.HARD and self.practised < PRACTISED):
            return self._easier(at)
        about = {"topic": found.topic, "variant": found.variant, "said": ()}
        return (
            self._floor_to(found.seat, at, **about)
            if found.variant is Variant.GOOD
            else self._opened(at, **about)
        )

    def _opened(self, at: datetime | None, **about: Any) -> Self:  # Any: see go
        """There is a topic: in letters it is written about, elsewhere both say how it feels."""
        if self.mode is Mode.ASYNC:
            easy = about.get("variant", self.variant) is Variant.EVERYDAY
            return self._floor_to(self.starter, at, easy=easy, **about)
        return self.go(Feeling(mode=self.mode), at, **about)

    def _easier(self, at: datetime) -> Self:
        """Look for a lighter topic. A letter already written stays in its writer's view, to copy."""
        fresh = {"topic": "", "variant": Variant.EVERYDAY, "tries": self.tries + 1, "floors": (), "turn": 0}
        return self.go(self._topics(), at, **fresh)

    def _floor_to(self, seat: Seat, at: datetime | None, **changes: Any) -> Self:  # Any: see go
        given = {"coin": None, "said": self.all_said, **changes}
        return self._turn(1, len(given["said"]), at, **given, floors=(*self.floors, seat))

    def _turn(self, turn: int, begins: int, at: datetime | None, **changes: Any) -> Self:  # Any: see go
        floors, variant = changes.get("floors", self.floors), changes.get("variant", self.variant)
        kind = News if variant is Variant.GOOD else Turn
        return self.go(kind(mode=self.mode, holder=floors[-1]), at, turn=turn, said_from=begins, **changes)

    def _after_turn(self, turn: Turn, at: datetime) -> Self:
        if not turn.understood:
            return self._on(at)
        if isinstance(turn, News):
            return self._rounded(at)
        return self.go(Acknowledging(mode=self.mode, holder=self.speaker), at)

    def _rounded(self, at: datetime) -> Self:
        """This turn has come round: there may be more to say, except in letters."""
        if self.turn >= TURNS or self.mode is Mode.ASYNC:
            return self._on(at)
        return self.go(MoreOf(mode=self.mode, holder=self.speaker), at)

    def _taken(self, move: Move | None, by: Seat, at: datetime) -> Self:
        match move:
            case Heat(level=Feel.NOT_TODAY):
                return self._easier(at)
            case Heat():
                return self.release(at)
            case Volunteer():
                return self._floor_to(by, at)
            case Coin(heads=heads):
                return self._floor_to(
                    Seat.HOST if heads else Seat.GUEST, at, coin="heads" if heads else "tails"
                )
            case More(more=True):
                # The next turn begins with the question it answers, if one was asked.
                asked = bool(self.said) and self.said[-1].kind == "asked"
                return self._turn(self.turn + 1, len(self.said) - asked, at)
            case More():
                return self._on(at)
            case Swap():
                return self._floor_to(next(s for s in Seat if s not in self.floors), at)
        return self.go(Closing(mode=self.mode), at)

    def _on(self, at: datetime) -> Self:
        both = len(self.floors) == len(Seat)
        part = Closing(mode=self.mode) if both else Changing(mode=self.mode, holder=self.speaker)
        return self.go(part, at)


DIALOGUE = Listening
