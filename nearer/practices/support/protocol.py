"""With You: one of the two says what would help now, and the other is there in that way.

    WANT → TELL → ATTEND → ONWARD ─ say more → ATTEND …
                              │ ideas welcome now → IDEAS (one) → ONWARD, three times at most
                              │ comfort without words: TOUCH → MAY → READY → HELD → ONWARD
                              └ enough → LANDED ─ it landed → over
                                                └ not quite, more of … → once more, in that way
    quiet near me: QUIET → ONWARD or LANDED · take my mind off it: LIGHT → LANDED · only know: TELL → ATTEND → LANDED
    be glad with me: the good-news form of a turn

It is made of parts (`nearer.parts`); its own ones are in `beside`. What is here is what follows what.

Support helps where it fits what was asked for (Priem, J. S., & Solomon, D. H. (2015). Emotional support and physiological
stress recovery: the role of support matching, adequacy, and invisibility), so the one who needs it chooses, and says
afterwards whether it landed. Nothing of it is kept, counted or shown later. In letters there is no touch and no quiet
company, but a hand on one's own heart, both in the same minute; whoever begins is the one who asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.conversation import Conversation
from nearer.parts.part import Part, Saying
from nearer.parts.steps import Kinds, kinds_in
from nearer.parts.turn import News
from nearer.practices.support.beside import Beside, Comfort, HowItWas, Wanting, beginning
from nearer.practices.support.moves import Attend, Go, Heart, Landed, Landing, More, Touch, Way, Wish
from nearer.protocol import Mode, Move, Seat

PARTS: tuple[type[Part], ...] = (Wanting, Beside, Comfort, News, HowItWas)
WELL = {Landing.LANDED, Landing.ENOUGH}
"""After these it is over; which of them it was shows to nobody."""


@dataclass(frozen=True, kw_only=True)
class Support(Conversation):
    """A position in With You.

    Attributes:
        seeker: who asked.
        wish: for what.
        asked_for: for what before that, once they try a second way.
        again: whether this is the second way they try.
        given: how many ideas were given before this way.
        held: which comfort there was, in order.
    """

    slug: ClassVar[str] = "support"
    moves: ClassVar[Kinds] = kinds_in(*(part.steps for part in PARTS))
    modes: ClassVar[tuple[Mode, ...]] = (Mode.LIVE, Mode.ONE, Mode.ASYNC)

    seeker: Seat | None = None
    wish: Wish | None = None
    asked_for: Wish | None = None
    again: bool = False
    given: int = 0
    held: tuple[Touch, ...] = ()

    @classmethod
    def begin(cls, *, seeker: str = "", wish: str = "", **facts: Any) -> Self:  # Any: fields of this class
        """Begin with what was asked for, or with asking."""
        mode, starter = facts.get("mode", Mode.LIVE), facts.get("starter", Seat.HOST)
        who = Seat(seeker) if seeker else starter if mode is Mode.ASYNC else None
        found = cls(now=Wanting(mode=mode, holder=who, stage="wanted" if who else "want"), **facts)
        return found._towards(Wish(wish), who, None) if wish and who else found

    def then(self, part: Part, at: datetime) -> Self:
        """Return what follows a part."""
        match part:
            case Wanting(wish=Wish() as wish, holder=Seat() as seeker):
                return self._towards(wish, seeker, at)
            case Comfort():
                return self.release(at)
            case Beside(ideas=ideas):
                return self.go(HowItWas(mode=self.mode, holder=self.seeker), at, given=ideas)
            case HowItWas(move=Landed(how=how), holder=Seat() as seeker) if not (how in WELL or self.again):
                return self._towards(Wish(how.value), seeker, at, again=True, asked_for=self.wish)
        return self

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return where the move leads; comfort without words holds the rest back."""
        if isinstance(move, Heart):
            return self.hold(Comfort.asked(self.now, move, at), at)
        if isinstance(move, Go) and move.to is More.TOUCH:
            return self if self.mode is Mode.ASYNC else self.hold(Comfort.back(self.now), at)
        return super().after(seat, move, at)

    def release(self, at: datetime | None, **changes: Any) -> Self:  # Any: fields of the room
        """Go on where it was before the comfort."""
        ended = self.now
        was = (ended.touch,) if isinstance(ended, Comfort) and ended.stage == "held" else ()
        return super().release(at, held=self.held + was, **changes)

    @property
    def timer(self) -> datetime | None:
        """When a comfort that began comes to its end by itself."""
        return self.now.ends(self.turn_began) if isinstance(self.now, Comfort) else None

    @property
    def deck(self) -> str:
        """Light things to do together."""
        return "support.light"

    def scene(self) -> tuple[Any, ...]:  # Any: see Dialogue.scene
        """The step, whether the round is an odd one, and of a comfort when it was asked for: each one is a new question."""
        asked = self.turn_began.isoformat() if isinstance(self.now, Comfort) and self.turn_began else ""
        return (*super().scene(), self.again, len(self.all_said) // 2 % 2, asked)

    @property
    def outcome(self) -> dict[str, Any]:  # Any: plain JSON values
        """What remains: nothing."""
        return {"kept": False}

    def heard_by(self, seat: Seat) -> tuple[Saying, ...]:
        """Return what was said; nothing once it is over."""
        return () if self.done else super().heard_by(seat)

    def echoes(self, saying: Saying) -> bool:
        """Whether a saying says back what the seeker told."""
        return super().echoes(saying) or (saying.kind == Attend.called and saying.way == Way.BACK)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What this seat may see."""
        return {
            "wish": self.wish,
            "again": self.again,
            "seeker": self.seeker,
            "speaker": self.seeker,
            "i_speak": seat is self.seeker,
            "began": self.now.begins(self.turn_began) if isinstance(self.now, Comfort) else None,
            "card": "",
            "touch": "",
            "seconds": 0,
            "moment": None,
            "ideas_left": 0,
            "loop": 0,
            "nods": 0,
            "turn": 1,
            "variant": "good" if self.wish is Wish.GLAD else "",
            "kept": False,
            "sealed_mine": False,
            **super().shown_to(seat),
        }

    def _towards(self, wish: Wish, seeker: Seat, at: datetime | None, **changes: Any) -> Self:  # Any: see go
        about = {"seeker": seeker, "wish": wish, **changes}
        if wish is Wish.GLAD:
            return self.go(News(mode=self.mode, holder=seeker), at, **about)
        part = Beside(
            mode=self.mode, holder=seeker, wish=wish, stage=beginning(wish, self.mode), ideas=self.given
        )
        there = self.go(part, at, **about)
        comes_close = wish is Wish.COMFORT and self.mode is not Mode.ASYNC
        return there.hold(Comfort.back(part), at) if comes_close else there


DIALOGUE = Support
