"""Our Time: the two find what both would like to do, and when; or they are there, now; or they talk about a film.

    BEGIN ─ find → WISH, sealed → MATCH, what both would like ─ the same one → FREE, sealed → SLOTS → DATE ⇄ AGREE → over
      │       │      └ none of these → ten others, once
      │       └ what both said before that they would like → MATCH; none of these → WISH
      ├ here → how LONG → both HERE → QUIET, until the time is over or one says so → GLOW, sealed → OPENED → over
      └ film → twelve questions, who answers first alternates → GLOW …

It is made of parts (`nearer.parts`); its own ones are in `choosing` and `being`. What is here is what follows what.

Time together does more when it is chosen by both and a little new (Aron, A., Norman, C. C., Aron, E. N., McKenna, C., &
Heyman, R. E. (2000). Couples' shared participation in novel and arousing activities), and when it is planned as "when
…, then we …" (Gollwitzer, P. M., & Sheeran, P. (2006). Implementation intentions and goal achievement). In letters there
is the finding alone, with the time in the plan; the being there, and the talk about a film, are for two who are together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.parts.conversation import Conversation
from nearer.parts.part import Part
from nearer.parts.steps import Kinds, kinds_in
from nearer.practices.ourtime.being import After, Film, Present
from nearer.practices.ourtime.choosing import FEW, Beginning, Choosing, Dating, Halves, Slots, When, Wishing
from nearer.practices.ourtime.moves import CARDS, Begin, Other, Way
from nearer.protocol import Mode, Seat
from nearer.protocol.versions import Step, Stored

PARTS: tuple[type[Part], ...] = (
    Beginning, Wishing, Choosing, Halves, Slots, Dating, Present, Film, After,
)  # fmt: skip

ROUNDS = 2
"""So often ten ideas lie on the table in one sitting."""


def _by_a_clock(stored: Stored) -> Stored:
    """Carry over a week of before it was said by which clock: then both meant the same one."""
    return {**stored, "clock": 0} if stored.get("kind") == "Free" else stored


@dataclass(frozen=True, kw_only=True)
class OurTime(Conversation):
    """A position in Our Time.

    Attributes:
        ideas: what lies on the table, ten at a time.
        common: what both said in their own time that they would like, best first: it lies open before the ten.
        ours: whether something to talk about grew from the two's own talks.
        round: which ten; before the first of them -1.
        way: what they sit down for.
        idea: what they have chosen.
    """

    slug: ClassVar[str] = "time"
    steps: ClassVar[tuple[Step, ...]] = (_by_a_clock,)
    moves: ClassVar[Kinds] = kinds_in(*(part.steps for part in PARTS))
    modes: ClassVar[tuple[Mode, ...]] = (Mode.LIVE, Mode.ONE, Mode.ASYNC)

    ideas: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    ours: bool = False
    round: int = 0
    way: Way = Way.FIND
    idea: str = ""

    @classmethod
    def begin(cls, **facts: Any) -> Self:  # Any: fields of this class
        """Begin with what they sit down for; in letters that is to find something."""
        mode = facts.get("mode", Mode.LIVE)
        facts |= {name: tuple(facts.get(name, ())) for name in ("ideas", "common")}
        begun = cls(now=Beginning(mode=mode), **facts)
        return begun._open(0, None) if mode is Mode.ASYNC else begun

    def then(self, part: Part, at: datetime) -> Self:
        """Return what follows a part."""
        match part:
            case Beginning(move=Begin(way=way)):
                return self._towards(way, at)
            case Wishing():
                return self._matched(part, at)
            case Choosing(end=Other()):
                return self._others(part, at)
            case Choosing() if part.chosen is not None:
                return self._chosen(part, at)
            case Halves():
                return self._common(part, at)
            case Slots(chosen=int() as slot):
                return self._date(at, *(part.when(slot, seat) for seat in Seat))
            case Present() | Film():
                return self.go(After(mode=self.mode), at)
        return self

    @property
    def timer(self) -> datetime | None:
        """When the time is over that they are here for."""
        now = self.now
        if self.turn_began is None or not (isinstance(now, Present) and now.stage == "quiet"):
            return None
        return self.turn_began + now.lasts()

    @property
    def quiet_until(self) -> datetime | None:
        """Until when neither is called: they are here for each other, and nobody pauses."""
        return self.timer if self.running else None

    def after_time(self, at: datetime) -> Self:
        """Return the position after that: how it was."""
        return self.go(After(mode=self.mode), at)

    @property
    def deck(self) -> str:
        """Things to talk about."""
        return "time.starters"

    def scene(self) -> tuple[Any, ...]:  # Any: see Dialogue.scene
        """The step, and which ten ideas it is about."""
        return (*super().scene(), self.round)

    def wished(self, seat: Seat) -> list[tuple[str, int]]:
        """How much somebody said just now that they would like each of ten ideas; empty before, and later."""
        match self.now:
            case Wishing(ideas=ideas, answers=rows) | Choosing(ideas=ideas, rows=rows) if seat in rows.given:
                return [*zip(ideas, rows.given[seat], strict=False)]
        return []

    @property
    def glow(self) -> After | None:
        """How it was, once both have said so."""
        return self.now if isinstance(self.now, After) and self.now.answers.complete else None

    @property
    def dated(self) -> Dating | None:
        """The date, once it is one, or is to be put to the other."""
        now = self.now
        return now if isinstance(now, Dating) and now.done and now.plan else None

    @property
    def outcome(self) -> dict[str, Any]:  # Any: plain JSON values
        """What remains of the sitting itself: that something stays, and whether that is a date, which is a plan. A date, and how it was, lie with the pages of the room."""
        return {"kept": False, "leaves": self._leaves, "planned": self.dated is not None}

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What this seat may see."""
        return {
            "way": self.way, "ideas": [], "cards": [], "said_before": False, "slots": [], "first": None, "plan": None, "idea": self.idea,
            "moments": [], "again": False, "card": "", "grown": "", "speaker": None, "i_speak": False, "loop": 0, "nods": 0,
            "sealed_mine": False, "kept": False, "leaves": self._leaves, "turn": max(1, 1 + self.round), **super().shown_to(seat),
        }  # fmt: skip

    @property
    def _leaves(self) -> bool:
        """Whether something stays: how it was, a date, or what each for themselves said of ten ideas."""
        wished = self.way is Way.FIND and self.round >= 0 and self.mode is not Mode.ONE
        return self.done and (wished or self.glow is not None or self.dated is not None)

    def _towards(self, way: Way, at: datetime) -> Self:
        parts: dict[Way, Part] = {
            Way.HERE: Present(mode=self.mode, ours=self.ours),
            Way.FILM: Film(mode=self.mode, holder=self.starter),
        }
        return self.go(parts[way], at, way=way) if way in parts else self._open(0, at)

    def _others(self, part: Choosing, at: datetime) -> Self:
        said_before = self.round < 0
        return self._open(part.cards[-1] + 1, at) if said_before else self._ten(self.round + 1, at)

    def _open(self, since: int, at: datetime | None) -> Self:
        """Lay open a few of what both would like, from one on; after all of those, ten cards."""
        cards = tuple(range(len(self.common)))[since : since + FEW]
        if not cards:
            return self._ten(0, at)
        chooses = self.starter if self.mode is Mode.ASYNC else None
        choosing = Choosing(mode=self.mode, holder=chooses, ideas=self.common, cards=cards)
        return self.go(choosing, at, round=-1)

    def _ten(self, number: int, at: datetime | None) -> Self:
        ideas = self.ideas[number * CARDS : (number + 1) * CARDS]
        return self.go(Wishing(mode=self.mode, ideas=ideas), at, round=number)

    def _matched(self, part: Wishing, at: datetime) -> Self:
        chooses = self.starter.other if self.mode is Mode.ASYNC else None
        choosing = Choosing(
            mode=self.mode,
            holder=chooses,
            ideas=part.ideas,
            cards=part.both,
            rows=part.answers,
            may_again=self.round + 1 < ROUNDS,
        )
        return self.go(choosing, at)

    def _chosen(self, part: Choosing, at: datetime) -> Self:
        if self.mode is Mode.ASYNC:
            return self.go(Dating(mode=self.mode, holder=part.holder, idea=part.idea), at)
        first = at.astimezone(UTC).date() + timedelta(days=1)
        return self.go(Halves(mode=self.mode, first=first), at, idea=part.idea)

    def _common(self, part: Halves, at: datetime) -> Self:
        if part.slots:
            return self.go(Slots(mode=self.mode, first=part.first, slots=part.slots), at)
        return self._date(at)

    def _date(self, at: datetime, *when: When) -> Self:
        return self.go(Dating(mode=self.mode, idea=self.idea, when=when, looked=True), at)


DIALOGUE = OurTime
