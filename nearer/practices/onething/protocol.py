"""One Thing: one current problem, heard by both, and then solved by both, or lived with kindly, or understood and let be.

    Say it       ISSUE → GATE ─ both yes → BEGIN, softly
    Hear it      a turn, acknowledged → the other's turn, acknowledged → FELT ─ not yet → STILL → another round, or closing
    See it       VIEW → CORRECT, of one and then of the other → UNDER
    Find a way   CHOICE ─ enough → closing   ─ kindly → KINDER → closing   ─ find out more, somebody to help → Try it
                   ├ solve → CIRCLES → IDEAS → ADD → TODAY → RATE ─ OFFER → Try it
                   │                     └───── REFRAME, twice ─────┘
                   └ share → ADD → SPREAD → SPLIT → Try it
    Try it       PLAN → AGREE → closing

From wherever they are either may take a break with a way back, three quarters of an hour are enough at a stretch, and in
letters a person sends one in twelve hours (`pacing`). It is made of parts (`nearer.parts`); its own ones are in
`chapters`. What is here is what follows what.

No way to solve it can be written before both feel understood enough: that buffers what conflict does to people (Gordon,
A. M., & Chen, S. (2016). Do you get where I'm coming from? Perceived understanding buffers against the negative impact of
conflict on relationship satisfaction). If now is no good time for one of them, it ends for both at the hour set for that, whatever
the cause.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.closing import Closing
from nearer.parts.part import Held, Part, Saying
from nearer.parts.steps import Kinds, kinds_in
from nearer.parts.turn import Acknowledging, Turn
from nearer.practices.onething.chapters.dividing import Division, Spreading
from nearer.practices.onething.chapters.opening import Asking, Issue, Softly
from nearer.practices.onething.chapters.resting import LongEnough, Resting, Returning
from nearer.practices.onething.chapters.seeing import Kindness, NotYet, Underneath, Understood, ViewBack
from nearer.practices.onething.chapters.solving import (
    Alone,
    AsItIs,
    Listing,
    LookAgain,
    Offer,
    TwoCircles,
    Weighing,
    Whither,
)
from nearer.practices.onething.chapters.trying import Trial
from nearer.practices.onething.moves import (
    Again,
    AskHelp,
    Ending,
    How,
    Kinder,
    Kindly,
    Reframe,
    SetIssue,
    Stop,
    Under,
)
from nearer.practices.onething.pacing import Paced
from nearer.protocol import Both, Mode, Move, Seat
from nearer.protocol.changing import changed

BASICS = 2
"""How many easy sittings of what this builds on the two have had."""
ROUNDS, LOOKS = 3, 2
CHAPTERS: tuple[tuple[type[Part], ...], ...] = (
    (Issue, Asking, Softly),
    (Turn, Acknowledging, Understood, NotYet),
    (ViewBack, Underneath),
    (Whither, Kindness, TwoCircles, Alone, Listing, AsItIs, Weighing, Offer, Spreading, Division, LookAgain),
    (Trial, Closing),
)
"""Say it, hear it, see it, find a way, try it."""
HEARD = 1
"""The chapter from which on a part can be the last one for today."""
PARTS: tuple[type[Part], ...] = (
    *(part for chapter in CHAPTERS for part in chapter),
    Resting,
    Returning,
    LongEnough,
)


@dataclass(frozen=True, kw_only=True)
class OneThing(Paced):
    """A position in One Thing.

    Attributes:
        basics: how many easy sittings the two have finished of what this builds on; whoever rehearses needs none.
        topic: what it is about.
        parked: whether it waited in the parking place.
        round: which round of being heard it is.
        looks: how often they looked again for a way.
        lens: what they look for then.
        circles: what each cannot give up, and where each can bend.
        options: the ways they weigh.
        today: how it is for each as it is.
        share: whether they share several things out.
        agreed: whether both said yes to a trial.
    """

    slug: ClassVar[str] = "conflict"
    moves: ClassVar[Kinds] = kinds_in(*(part.steps for part in PARTS)) | {Stop}
    modes: ClassVar[tuple[Mode, ...]] = (Mode.LIVE, Mode.ONE, Mode.ASYNC)

    basics: int = BASICS
    topic: str = ""
    parked: bool = False
    round: int = 1
    looks: int = 0
    lens: How | None = None
    circles: tuple[tuple[Seat, dict[str, str]], ...] = ()
    options: tuple[str, ...] = ()
    today: Both[int] = field(default_factory=Both)
    share: bool = False
    agreed: bool = False

    @classmethod
    def begin(cls, **facts: Any) -> Self:  # Any: fields of this class
        """Begin with what it is about, or with what waited in the parking place."""
        mode, starter = facts.get("mode", Mode.LIVE), facts.get("starter", Seat.HOST)
        parked, basics = bool(facts.get("topic")), facts.get("basics", BASICS)
        now: Part = cls._gate(mode, basics) if parked else Issue(mode=mode, holder=starter)
        return cls(now=now, parked=parked, **facts)

    def open_to(self, seat: Seat) -> Kinds:
        """What the part opens to a seat, nearly everywhere a break, and at the beginning of a chapter its end."""
        own = super().open_to(seat)
        if self._may_be_enough and not self.waits_for(seat):
            own |= {Stop}
        # After three rounds, and after looking twice, it is time for something else.
        spent = {Again: self.round >= ROUNDS, Reframe: self.looks >= LOOKS}
        return frozenset(kind for kind in own if not spent.get(kind))

    @property
    def _may_be_enough(self) -> bool:
        """Whether the part before this can be the last for today."""
        if self.mode is Mode.ASYNC:
            # It stays open whatever of the other's is on its way, so that nothing tells of it.
            return (self.chapter or 0) >= HEARD and not isinstance(self.now, Kindness | Closing)
        begun = isinstance(self.now, Turn) and self.stage == "reflect" and not (self.said or self.now.loop)
        return begun or isinstance(self.now, TwoCircles) or self.stage == "view"

    def then(self, part: Part, at: datetime) -> Self:
        """Return what follows a part."""
        if isinstance(part, Returning):
            return self.returned(part, at)
        if isinstance(part, Issue | NotYet | LookAgain):
            return self._taken(part.move, at)
        return (self._say, self._hear, self._see, self._find, self._try)[self.chapter or 0](part, at)

    def scene(self) -> tuple[Any, ...]:  # Any: see Dialogue.scene
        """The step, and how often they came by here."""
        return (
            *super().scene(),
            self.round,
            self.looks,
            len(self.all_said) if isinstance(self.now, ViewBack) else 0,
        )

    @property
    def done(self) -> bool:
        """Whether it came to its own end; another time is none."""
        return super().done and not self.expired

    @property
    def speaker(self) -> Seat | None:
        """Who has the floor."""
        return self.now.holder if isinstance(self.now, Turn | Acknowledging | Softly) else None

    @property
    def kept(self) -> bool:
        """Whether both want to keep it."""
        return isinstance(self.now, Closing) and self.now.kept

    @property
    def outcome(self) -> dict[str, Any]:  # Any: plain JSON values
        """What remains: that they came back from a break, the topic if both keep it, and that there is a plan."""
        return {
            "topic": self.topic if self.kept else "", "came_back": self.came_back, "kept": self.kept,
            "leaves": self.done and self.agreed,
        }  # fmt: skip

    @property
    def trial(self) -> Trial | None:
        """What they try, while they are about to agree on it."""
        return self.now if isinstance(self.now, Trial) else None

    @property
    def opened(self) -> str:
        """What both have just said under seal, by what it is called, as long as what comes next asks about something else."""
        last = {Whither: Under.called, Closing: Kinder.called}.get(type(self.now), "")
        return last if self.all_said and self.all_said[-1].kind == last else ""

    def heard_by(self, seat: Seat) -> tuple[Saying, ...]:
        """Return what a seat may see of what was said: this chapter, in a break nothing, and in the end all, if it stays."""
        if self.kept:
            return self.all_said
        return () if self.done or isinstance(self.now, Held) else super().heard_by(seat)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What this seat may see. What was said is gone at the end, unless both keep it."""
        solving = isinstance(self.now, Alone | Listing)
        return {
            "topic": "" if self.done and not self.kept else self.topic,
            "variant": "hard",
            "speaker": self.speaker,
            "i_speak": seat is self.speaker,
            "i_opened": seat is self.starter,
            "turn": self.round,
            "round": self.round,
            "loop": 0,
            "nods": 0,
            "parked": self.parked,
            "lens": self.lens,
            "share": self.share,
            "circles": {whose: lines for whose, lines in self.circles if solving and any(lines.values())},
            "opened": self.opened,
            "options": [],
            "notes": {},
            "kept": False,
            "leaves": self.done and self.agreed,
            "rested": self.rested is not None,
            "sealed_mine": False,
            "steps": self.chapter,
            **super().shown_to(seat),
        }

    @property
    def chapter(self) -> int | None:
        """Which of the five chapters they are in; in a break none."""
        return next((n for n, parts in enumerate(CHAPTERS) if isinstance(self.now, parts)), None)

    @staticmethod
    def _gate(mode: Mode, basics: int) -> Asking:
        return Asking(mode=mode, able=basics >= BASICS)

    def _part[P: Part](self, kind: type[P], holder: Seat | None = None) -> P:
        return kind(mode=self.mode, holder=holder)

    def _chapter(self, part: Part, at: datetime, **changes: Any) -> Self:  # Any: see go
        return self.go(part, at, **{"said_from": len(self.all_said), **changes})

    def closing(self, at: datetime, **changes: Any) -> Self:  # Any: see go
        """Return the end, where both choose what stays."""
        return self._chapter(self._part(Closing), at, circles=(), **changes)

    def _taken(self, move: Move | None, at: datetime) -> Self:
        match move:
            case SetIssue(topic=topic):
                return self.go(self._gate(self.mode, self.basics), at, topic=topic)
            case Again():
                return self._chapter(self._part(Turn, self.starter), at, round=self.round + 1)
            case Reframe(how=how):
                return self._look(at, looks=self.looks + 1, lens=how, share=False)
            case Kindly():
                return self._chapter(self._part(Kindness), at)
            case AskHelp():
                return self._trial(at, ending=Ending.HELP)
        raise AssertionError(f"no rule for {type(move).__name__}")

    def _say(self, part: Part, at: datetime) -> Self:
        match part:
            case Asking():
                opens = self.go(self._part(Softly, self.starter), at)
                return opens if part.opens else changed(self, expired=True)
            case Softly(began=Saying() as began):
                turn = Turn(mode=self.mode, holder=self.starter, stage="reflect", said=(began,))
                return self.go(turn, at, said_from=0)
        return self

    def _hear(self, part: Part, at: datetime) -> Self:
        match part:
            case Turn(understood=True):
                return self.go(self._part(Acknowledging, part.holder), at)
            case Turn() | Acknowledging():
                # What was acknowledged stays in sight of whoever it was said to.
                begins = len(self.all_said) - (len(part.said) if isinstance(part, Acknowledging) else 0)
                first = part.holder is self.starter
                follows = self._part(Turn, self.starter.other) if first else self._part(Understood)
                return self._chapter(follows, at, said_from=begins)
            case Understood(opens=True):
                return self._chapter(self._part(ViewBack, self.starter), at)
        return self.go(self._part(NotYet), at)

    def _see(self, part: Part, at: datetime) -> Self:
        if isinstance(part, Underneath):
            return self._chapter(self._part(Whither), at, said_from=len(self.said))
        first = part.holder is self.starter
        return self.go(self._part(ViewBack, self.starter.other) if first else self._part(Underneath), at)

    def _find(self, part: Part, at: datetime) -> Self:
        match part:
            case Whither(ending=ending):
                return self._whither(ending, at)
            case Kindness():
                return self.closing(at, said_from=len(self.said))
            case TwoCircles():
                return self._look(at, circles=tuple(part.answers.given.items()))
            case Alone() if self.mode is not Mode.ASYNC:
                return self.go(Listing(mode=self.mode, options=part.found), at)
            case Alone(found=options) | Listing(options=options):
                return self._listed(options, at)
        return self._weighed(part, at)

    def _whither(self, ending: Ending, at: datetime) -> Self:
        match ending:
            case Ending.SOLVE:
                return self.go(self._part(TwoCircles), at)
            case Ending.SHARE:
                return self._look(at, share=True)
            case Ending.KINDLY:
                return self.go(self._part(Kindness), at)
            case Ending.ENOUGH:
                return self.closing(at)
        return self._trial(at, ending=ending)

    def _listed(self, options: tuple[str, ...], at: datetime) -> Self:
        """Weigh the ways against today, which is said before them and stays; or share the things out."""
        if self.share:
            return self.go(Spreading(mode=self.mode, options=options), at)
        if self.today.complete:
            return self._weigh(options, self.today, at)
        return self.go(self._part(AsItIs), at, options=options)

    def _weighed(self, part: Part, at: datetime) -> Self:
        match part:
            case AsItIs(answers=today):
                return self._weigh(self.options, today, at)
            case Weighing(options=options, offers=cards) if cards:
                return self.go(Offer(mode=self.mode, options=options, cards=cards), at)
            case Spreading(split=split):
                return self.go(Division(mode=self.mode, split=split), at)
            case Division(taken=int(), split=split):
                return self._trial(at, split=split)
            case Offer(options=options, taken=int() as card):
                return self._trial(at, option=options[card])
            case Weighing() | Offer():
                return self.go(self._part(LookAgain), at, options=())
        return self.closing(at)

    def _trial(self, at: datetime, **what: Any) -> Self:  # Any: fields of the trial
        return self._chapter(Trial(mode=self.mode, holder=self.starter, **what), at)

    def _try(self, part: Part, at: datetime) -> Self:
        return self.closing(at, agreed=part.agreed) if isinstance(part, Trial) else self

    def _look(self, at: datetime, **changes: Any) -> Self:  # Any: see go
        """Look for ways: each alone at first, and on one phone together. What there is to share out they list together."""
        together = self.mode is Mode.ONE or (self.mode is Mode.LIVE and changes.get("share"))
        return self.go(self._part(Listing if together else Alone), at, **changes)

    def _weigh(self, options: tuple[str, ...], today: Both[int], at: datetime) -> Self:
        weighing = Weighing(mode=self.mode, options=options, today=today)
        return self.go(weighing, at, options=options, today=today)


DIALOGUE = OneThing
