"""The Floor: one speaks, the other says back what they heard, then they change places.

One person has *the floor*: the speaker. The other, the listener, cannot reply, only nod, until the
speaker passes. The listener then says back what they heard, and the speaker alone decides whether that
is it: feeling understood is what counts, and no software can judge it. After three tries that were not
quite it, the speaker may call it close enough, or leave it there.

    TOPIC → HEAT → ROLES → SPEAK → REFLECT → CHECK ─ yes → VALIDATE → ASK → MORE → SPEAK again, or on
      ↑ easier │            ↑  CLARIFY ↲  not yet │                ↑
      └────────┘                                  └ third → ENOUGH → on
    on: SWAP → SPEAK of the other, or NOTE;  after both had the floor NOTE → KEEP → done

`stages.WHO` says who may do what in which stage; `after` says where it leads. Heat, note and keep are
sealed. How warm a topic feels is nobody else's to know: the numbers are forgotten once used.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.practices.listening.moves import (
    MOVES,
    Answer,
    Ask,
    Check,
    Clarify,
    Coin,
    EndHere,
    Enough,
    Heat,
    Keep,
    More,
    Nod,
    Note,
    Reflect,
    SetTopic,
    Speak,
    Swap,
    Validate,
    Volunteer,
)
from nearer.practices.listening.stages import SAYINGS, STEPS, WHO, Kinds, Role, Stage
from nearer.protocol import Both, Dialogue, Move, Seat

EASY = 3  # the warmest a topic may feel to either of them while they are new to this
PRACTISED = 2  # after this many easy Floors any topic is theirs to choose
LOOPS = 3
TURNS = 3
NOD_REST = timedelta(seconds=3)
CHIMES = (timedelta(seconds=90), timedelta(seconds=180))


@dataclass(frozen=True)
class Saying:
    """Something one of them said. Without words it was said aloud."""

    seat: Seat
    kind: str
    words: str
    aloud: bool


@dataclass(frozen=True, kw_only=True)
class Listening(Dialogue):
    """A position on the Floor. `practised` is the number of easy Floors this bond has finished before."""

    slug: ClassVar[str] = "listening"
    moves: ClassVar[Kinds] = MOVES

    practised: int = 0
    stage: Stage = Stage.TOPIC
    tries: int = 0
    topic: str = ""
    heat: Both[int] = field(default_factory=Both)
    easy: bool = False
    coin: str | None = None
    speaker: Seat | None = None
    floors: tuple[Seat, ...] = ()
    turn: int = 0
    loop: int = 0
    said: tuple[Saying, ...] = ()
    turn_from: int = 0  # where in `said` this turn begins
    nods: int = 0
    nodded: datetime | None = None
    notes: Both[str] = field(default_factory=Both)
    keeps: Both[bool] = field(default_factory=Both)

    def open_to(self, seat: Seat) -> Kinds:
        """The kinds of move this seat may play in this stage."""
        if self._sealed_by(seat):
            return frozenset()
        kinds = WHO[self.stage]
        role = Role.SPEAKER if seat is self.speaker else Role.LISTENER
        return kinds.get(Role.EITHER, kinds.get(role, frozenset()))

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return where the move leads."""
        match move:
            case SetTopic() | Heat() | Coin() | Volunteer():
                return self._opening(seat, move, at)
            case Speak() | Clarify() | Reflect() | Validate() | Ask():
                return self._saying(seat, move, at)
            case Nod():
                return self._nod(at)
            case Check() | Enough() | More():
                return self._answer(move, at)
            case Swap() | EndHere() | Note() | Keep():
                return self._closing(seat, move, at)
        raise AssertionError(f"no rule for {type(move).__name__}")

    def scene(self) -> tuple[str | int | None, ...]:
        """The stage, who has the floor, and how often they came by here."""
        opening = self.tries if self.stage in {Stage.TOPIC, Stage.HEAT} else 0
        return (self.stage, opening, self.speaker, len(self.floors), self.turn, self.loop)

    @property
    def done(self) -> bool:
        """Whether both have said whether to keep it."""
        return self.keeps.complete

    @property
    def kept(self) -> bool:
        """Whether both want to keep it."""
        return self.done and all(self.keeps.given.values())

    @property
    def outcome(self) -> dict[str, Any]:  # Any: plain JSON values
        """What remains: whether the topic was an easy one, and the topic if both keep it."""
        return {"topic": self.topic if self.kept else "", "easy": self.easy, "kept": self.kept}

    @property
    def chimes(self) -> tuple[datetime, ...]:
        """While somebody speaks: a sign after a minute and a half, and after three."""
        if self.turn_began is None or self.stage not in {Stage.SPEAK, Stage.CLARIFY}:
            return ()
        return tuple(self.turn_began + chime for chime in CHIMES)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What this seat may see. What was said is gone at the end, unless both keep it."""
        gone = self.done and not self.kept
        said = self.said if self.kept else self.said[self.turn_from :]
        return {
            "stage": self.stage,
            "topic": "" if gone else self.topic,
            "easier": self.tries > 0,
            "speaker": self.speaker,
            "i_speak": seat is self.speaker,
            "turn": self.turn,
            "loop": self.loop,
            "said": [] if gone else [{**asdict(s), "mine": s.seat is seat} for s in said],
            "nods": self.nods,
            "coin": self.coin,
            "floors": list(self.floors),
            "notes": {} if gone else self.notes.seen_by(seat),
            "kept": self.kept,
            "sealed_mine": self._sealed_by(seat),
            "steps": STEPS.get(self.stage),
        }

    def _sealed_by(self, seat: Seat) -> bool:
        sealed: dict[Stage, Both[Any]] = {  # Any: only who has answered is asked of it
            Stage.HEAT: self.heat,
            Stage.NOTE: self.notes,
            Stage.KEEP: self.keeps,
        }
        return self.stage in sealed and not sealed[self.stage].waiting_for(seat)

    def _go(self, stage: Stage, at: datetime, **changes: Any) -> Self:  # Any: fields of this class
        return replace(self, stage=stage, turn_began=at, **changes)

    def _opening(self, seat: Seat, move: SetTopic | Heat | Coin | Volunteer, at: datetime) -> Self:
        match move:
            case SetTopic(topic=topic):
                return self._go(Stage.HEAT, at, topic=topic)
            case Heat(level=level):
                return self._feel(self.heat.put(seat, level), at)
            case Coin(heads=True):
                return self._floor_to(Seat.HOST, at, coin="heads")
            case Coin():
                return self._floor_to(Seat.GUEST, at, coin="tails")
        return self._floor_to(seat, at)

    def _feel(self, heat: Both[int], at: datetime) -> Self:
        if not heat.complete:
            return replace(self, heat=heat)
        easy = max(heat.given.values()) <= EASY
        if easy or self.practised >= PRACTISED:
            return self._go(Stage.ROLES, at, heat=Both(), easy=easy)
        return self._go(Stage.TOPIC, at, heat=Both(), topic="", tries=self.tries + 1)

    def _floor_to(self, seat: Seat, at: datetime, coin: str | None = None) -> Self:
        floors = (*self.floors, seat)
        return self._turn(1, len(self.said), at, speaker=seat, floors=floors, coin=coin)

    def _turn(self, turn: int, begins: int, at: datetime, **changes: Any) -> Self:  # Any: see _go
        fresh = {"turn": turn, "turn_from": begins, "loop": 0, "nods": 0, "nodded": None}
        return self._go(Stage.SPEAK, at, **fresh, **changes)

    def _saying(self, seat: Seat, move: Speak | Clarify | Reflect | Validate | Ask, at: datetime) -> Self:
        kind, stage = SAYINGS[type(move)]
        may_skip = isinstance(move, Validate | Ask)
        saying = Saying(seat, kind, move.words, move.aloud or not (move.words or may_skip))
        said = (*self.said, saying) if saying.words or saying.aloud else self.said
        if stage is Stage.MORE and self.turn == TURNS:
            return self._on(at, said=said)
        return self._go(stage, at, said=said)

    def _nod(self, at: datetime) -> Self:
        if self.nodded is not None and at - self.nodded < NOD_REST:
            return self
        return replace(self, nods=self.nods + 1, nodded=at)

    def _answer(self, move: Check | Enough | More, at: datetime) -> Self:
        match move:
            case Check(answer=Answer.YES) | Enough(enough=True):
                return self._go(Stage.VALIDATE, at)
            case Check():
                loop = self.loop + 1
                return self._go(Stage.CLARIFY if loop < LOOPS else Stage.ENOUGH, at, loop=loop)
            case More(more=True):
                return self._turn(self.turn + 1, self._question_from(), at)
        return self._on(at)

    def _question_from(self) -> int:
        """The next turn begins with the question it answers, if one was asked."""
        asked = bool(self.said) and self.said[-1].kind == "asked"
        return len(self.said) - asked

    def _on(self, at: datetime, **changes: Any) -> Self:  # Any: see _go
        if len(self.floors) < len(Seat):
            return self._go(Stage.SWAP, at, **changes)
        return self._go(Stage.NOTE, at, speaker=None, **changes)

    def _closing(self, seat: Seat, move: Swap | EndHere | Note | Keep, at: datetime) -> Self:
        match move:
            case Swap():
                return self._floor_to(next(s for s in Seat if s not in self.floors), at)
            case EndHere():
                return self._go(Stage.NOTE, at, speaker=None)
            case Note(words=words):
                notes = self.notes.put(seat, words)
                return self._go(Stage.KEEP, at, notes=notes) if notes.complete else replace(self, notes=notes)
        return replace(self, keeps=self.keeps.put(seat, move.keep))


DIALOGUE = Listening
