"""The Floor: one speaks, the other says back what they heard, then they change places.

One person has *the floor*: the speaker. The other, the listener, cannot reply, only nod, until the
speaker passes. The listener then says back what they heard, and the speaker alone decides whether that
is it: feeling understood is what counts, and no software can judge it. After three tries that were not
quite it, the speaker may call it close enough, or leave it there.

    TOPIC → HEAT → ROLES → SPEAK → REFLECT → CHECK ─ yes → VALIDATE → ASK → MORE → SPEAK again, or on
      ↑ easier │            ↑  CLARIFY ↲  not yet │                ↑
      └────────┘                                  └ third → ENOUGH → on
    on: SWAP → SPEAK of the other, or NOTE;  after both had the floor NOTE → KEEP → done

Good news need no heat and no saying back. The listener asks how it happened, says what it shows about
the other, or how to celebrate it (CHEER), and the speaker says whether that met their joy: how somebody
responds to good news went with how two people fared later, more than how they respond to bad news
(Gable, S. L., Gonzaga, G. C., & Strachman, A. (2006). Will you be there for me when things go right?).

In letters the one who began writes first. The other says how warm the topic feels before the letter
opens (WARM); after VALIDATE it is their turn to write. On one phone nothing is kept: the notes lie
open on the table at the end (READ).

`stages.who` says who may do what in which stage; `after` says where it leads. Heat, note and keep are
sealed. How warm a topic feels is nobody else's to know: the numbers are forgotten once used.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.practices.listening.moves import (
    MOVES,
    Answer,
    Ask,
    Check,
    Cheer,
    Clarify,
    Coin,
    EndHere,
    Enough,
    Finish,
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
    Variant,
    Volunteer,
)
from nearer.practices.listening.stages import SAYINGS, STEPS, Kinds, Role, Stage, who
from nearer.protocol import COOLING, Both, Dialogue, Mode, Move, Seat

type Saying = Speak | Clarify | Reflect | Cheer | Validate | Ask

EASY = 3  # the warmest a topic may feel to either of them while they are new to this
PRACTISED = 2  # after this many easy Floors any topic is theirs to choose
LOOPS = 3
TURNS = 3
HARD_COOLING = timedelta(minutes=10)
NOD_REST = timedelta(seconds=3)
CHIMES = (timedelta(seconds=90), timedelta(seconds=180))


@dataclass(frozen=True)
class Said:
    """Something one of them said. Without words it was said aloud."""

    seat: Seat
    kind: str
    words: str
    aloud: bool
    way: str = ""


@dataclass(frozen=True, kw_only=True)
class Listening(Dialogue):
    """A position on the Floor. `practised` is the number of easy Floors this bond has finished before."""

    slug: ClassVar[str] = "listening"
    moves: ClassVar[Kinds] = MOVES
    modes: ClassVar[tuple[Mode, ...]] = (Mode.LIVE, Mode.ONE, Mode.ASYNC)

    practised: int = 0
    stage: Stage = Stage.TOPIC
    tries: int = 0
    topic: str = ""
    variant: Variant = Variant.EVERYDAY
    heat: Both[int] = field(default_factory=Both)
    easy: bool = False
    coin: str | None = None
    speaker: Seat | None = None
    floors: tuple[Seat, ...] = ()
    turn: int = 0
    loop: int = 0
    said: tuple[Said, ...] = ()
    turn_from: int = 0  # where in `said` this turn begins
    nods: int = 0
    nodded: datetime | None = None
    notes: Both[str] = field(default_factory=Both)
    keeps: Both[bool] = field(default_factory=Both)
    finished: bool = False

    @classmethod
    def begin(cls, **facts: Any) -> Self:  # Any: fields of this class
        """Begin with a topic to find, or with the one that waited in the parking place."""
        return cls(stage=Stage.HEAT if facts.get("topic") else Stage.TOPIC, **facts)

    def open_to(self, seat: Seat) -> Kinds:
        """The kinds of move this seat may play in this stage."""
        if self._sealed_by(seat):
            return frozenset()
        kinds = who(self.stage, self.mode)
        role = Role.SPEAKER if seat is self.speaker else Role.LISTENER
        starter = kinds.get(Role.STARTER, frozenset()) if seat is self.starter else frozenset()
        return kinds.get(Role.EITHER, kinds.get(role, frozenset())) | starter

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return where the move leads."""
        match move:
            case SetTopic() | Heat() | Coin() | Volunteer():
                return self._opening(seat, move, at)
            case Speak() | Clarify() | Reflect() | Cheer() | Validate() | Ask():
                return self._saying(seat, move, at)
            case Nod():
                return self._nod(at)
            case Check() | Enough() | More():
                return self._answer(move, at)
            case Swap() | EndHere() | Note() | Keep() | Finish():
                return self._closing(seat, move, at)
        raise AssertionError(f"no rule for {type(move).__name__}")

    def scene(self) -> tuple[str | int | None, ...]:
        """The stage, the sort of talk, who has the floor, and how often they came by here."""
        opening = self.tries if self.stage in {Stage.TOPIC, Stage.HEAT} else 0
        return (self.stage, self.variant, opening, self.speaker, len(self.floors), self.turn, self.loop)

    @property
    def done(self) -> bool:
        """Whether both have said whether to keep it, or have read their notes to each other."""
        return self.finished or self.keeps.complete

    @property
    def kept(self) -> bool:
        """Whether both want to keep it."""
        return self.keeps.complete and all(self.keeps.given.values())

    @property
    def outcome(self) -> dict[str, Any]:  # Any: plain JSON values
        """What remains: whether the topic was an easy one, and the topic if both keep it."""
        return {"topic": self.topic if self.kept else "", "easy": self.easy, "kept": self.kept}

    @property
    def chimes(self) -> tuple[datetime, ...]:
        """While somebody speaks: a sign after a minute and a half, and after three. Letters have no clock."""
        speaking = self.stage in {Stage.SPEAK, Stage.CLARIFY} and self.mode is not Mode.ASYNC
        if self.turn_began is None or not speaking:
            return ()
        return tuple(self.turn_began + chime for chime in CHIMES)

    @property
    def cooling(self) -> timedelta:
        """Words about something hard can be taken back for longer."""
        return HARD_COOLING if self.variant is Variant.HARD else COOLING

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What this seat may see. What was said is gone at the end, unless both keep it."""
        gone = self.done and not self.kept
        return {
            "stage": self.stage,
            "topic": "" if gone else self.topic,
            "variant": self.variant,
            "easier": self.tries > 0,
            "may_be_hard": self.practised >= PRACTISED,
            "speaker": self.speaker,
            "i_speak": seat is self.speaker,
            "turn": self.turn,
            "loop": self.loop,
            "said": [] if gone else [{**vars(s), "mine": s.seat is seat} for s in self._heard_by(seat)],
            "nods": self.nods,
            "coin": self.coin,
            "floors": list(self.floors),
            "notes": {} if gone else self.notes.seen_by(seat),
            "kept": self.kept,
            "sealed_mine": self._sealed_by(seat),
            "steps": STEPS.get(self.stage),
        }

    def _heard_by(self, seat: Seat) -> tuple[Said, ...]:
        if self.kept or (self.mode is Mode.ASYNC and self.stage in {Stage.NOTE, Stage.KEEP}):
            return self.said
        turn = self.said[self.turn_from :]
        # A letter stays shut until its reader has said how warm the topic feels.
        shut = self.stage in {Stage.WARM, Stage.TOPIC}
        return tuple(s for s in turn if s.seat is seat or not shut)

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
            case SetTopic(topic=topic, variant=variant):
                return self._about(topic, variant, at)
            case Heat(level=level):
                return self._feel(self.heat.put(seat, level), at)
            case Coin(heads=True):
                return self._floor_to(Seat.HOST, at, coin="heads")
            case Coin():
                return self._floor_to(Seat.GUEST, at, coin="tails")
        return self._floor_to(seat, at)

    def _about(self, topic: str, variant: Variant, at: datetime) -> Self:
        about = {"topic": topic, "variant": variant, "said": ()}
        if variant is Variant.HARD and self.practised < PRACTISED:
            return self._easier(at)
        return self._roles(at, **about) if variant is Variant.GOOD else self._go(Stage.HEAT, at, **about)

    def _easier(self, at: datetime) -> Self:
        """Look for a lighter topic. A letter already written stays in its writer's view, to copy."""
        fresh = {"topic": "", "tries": self.tries + 1, "heat": Both(), "variant": Variant.EVERYDAY}
        return self._go(Stage.TOPIC, at, **fresh, speaker=None, floors=(), turn=0)

    def _roles(self, at: datetime, **changes: Any) -> Self:  # Any: see _go
        if self.mode is Mode.ASYNC:
            return self._floor_to(self.starter, at, **changes)
        return self._go(Stage.ROLES, at, **changes)

    def _feel(self, heat: Both[int], at: datetime) -> Self:
        easy = max(heat.given.values()) <= EASY
        letters = self.mode is Mode.ASYNC
        if not (heat.complete or letters):
            return replace(self, heat=heat)
        if not easy and self.practised < PRACTISED:
            return self._easier(at)
        if not heat.complete:
            return self._floor_to(self.starter, at, heat=heat)
        settled = {"heat": Both(), "easy": easy and self.variant is Variant.EVERYDAY}
        return self._go(Stage.REFLECT, at, **settled) if letters else self._roles(at, **settled)

    def _floor_to(self, seat: Seat, at: datetime, **changes: Any) -> Self:  # Any: see _go
        floors = (*self.floors, seat)
        return self._turn(1, len(self.said), at, **{"coin": None, **changes}, speaker=seat, floors=floors)

    def _turn(self, turn: int, begins: int, at: datetime, **changes: Any) -> Self:  # Any: see _go
        fresh = {"turn": turn, "turn_from": begins, "loop": 0, "nods": 0, "nodded": None}
        return self._go(Stage.SPEAK, at, **fresh, **changes)

    def _saying(self, seat: Seat, move: Saying, at: datetime) -> Self:
        may_skip = isinstance(move, Validate | Ask)
        aloud = self.mode is not Mode.ASYNC and (move.aloud or not (move.words or may_skip))
        way = move.way if isinstance(move, Cheer) else ""
        saying = Said(seat, SAYINGS[type(move)], move.words, aloud, way)
        said = (*self.said, saying) if saying.words or saying.aloud or way else self.said
        match move:
            case Speak() | Clarify():
                return self._passed(at, said=said)
            case Reflect() | Cheer():
                return self._go(Stage.CHECK, at, said=said)
            case Validate() if self.mode is not Mode.ASYNC:
                return self._go(Stage.ASK, at, said=said)
        return self._rounded(at, said=said)

    def _passed(self, at: datetime, **changes: Any) -> Self:  # Any: see _go
        """The speaker has passed: the other says it back, or is glad with them."""
        if self.heat.answers:
            return self._go(Stage.WARM, at, **changes)
        return self._go(Stage.CHEER if self.variant is Variant.GOOD else Stage.REFLECT, at, **changes)

    def _understood(self, at: datetime) -> Self:
        return self._rounded(at) if self.variant is Variant.GOOD else self._go(Stage.VALIDATE, at)

    def _rounded(self, at: datetime, **changes: Any) -> Self:  # Any: see _go
        """This turn has come round: there may be more to say, except in letters."""
        more = self.turn < TURNS and self.mode is not Mode.ASYNC
        return self._go(Stage.MORE, at, **changes) if more else self._on(at, **changes)

    def _nod(self, at: datetime) -> Self:
        if self.nodded is not None and at - self.nodded < NOD_REST:
            return self
        return replace(self, nods=self.nods + 1, nodded=at)

    def _answer(self, move: Check | Enough | More, at: datetime) -> Self:
        match move:
            case Check(answer=Answer.YES) | Enough(enough=True):
                return self._understood(at)
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
        return self._go(Stage.NOTE, at, **changes, speaker=None)

    def _closing(self, seat: Seat, move: Swap | EndHere | Note | Keep | Finish, at: datetime) -> Self:
        match move:
            case Swap():
                return self._floor_to(next(s for s in Seat if s not in self.floors), at)
            case EndHere():
                return self._go(Stage.NOTE, at, speaker=None)
            case Note(words=words):
                return self._noted(self.notes.put(seat, words), at)
            case Finish():
                return replace(self, finished=True)
        return replace(self, keeps=self.keeps.put(seat, move.keep))

    def _noted(self, notes: Both[str], at: datetime) -> Self:
        if not notes.complete:
            return replace(self, notes=notes)
        return self._go(Stage.READ if self.mode is Mode.ONE else Stage.KEEP, at, notes=notes)


DIALOGUE = Listening
