"""With You's own parts: asking, being beside somebody, comfort without words, and how it was. PURE.

Being beside somebody is listening first. The other can nod, and take in what was told in one of four ways; there is no step
in which they could give advice, but the one that the seeker opens by welcoming it, for one idea, three times at most
(Rafaeli, E., & Gleason, M. E. J. (2009). Skilled support within intimate relationships).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.parts.part import Ends, Held, Once, Part
from nearer.parts.steps import Kinds, Step, Steps
from nearer.parts.turn import Nodding, while_speaking
from nearer.practices.support.moves import (
    Agree,
    Attend,
    Begin,
    Go,
    Heart,
    Hold,
    Idea,
    Landed,
    Lighten,
    More,
    Nod,
    NoIdea,
    Offer,
    Said,
    Speak,
    Spoken,
    Stop,
    Touch,
    Want,
    Welcome,
    Wish,
)
from nearer.protocol import Mode, Move, Seat
from nearer.protocol.changing import changed

IDEAS = 3
LEAD = timedelta(seconds=4)
"""From tapping "now" to the first breath: time for both screens to be there."""
LASTS = {
    Touch.BESIDE: timedelta(seconds=60),
    Touch.HAND: timedelta(seconds=60),
    Touch.SHOULDER: timedelta(seconds=20),
    Touch.HUG: timedelta(seconds=20),
    Touch.HEART: timedelta(seconds=60),
}


NEXT: Mapping[type[Move], str] = {
    Speak: "attend",
    Attend: "onward",
    Welcome: "ideas",
    Idea: "onward",
    NoIdea: "onward",
    Go: "tell",
}
"""Where a move leads while somebody is beside the other."""


@dataclass(frozen=True, kw_only=True)
class Wanting(Part):
    """Either says what would help, and is the one the other is there for; or offers to be there, and the other says it.

    On one phone both are there, and one of the two taps a card.

    Attributes:
        wish: the card.
    """

    steps: ClassVar[Steps] = {
        "want": Step(either=(Want, Offer), one_phone=Step(either=(Want,))),
        "wanted": Step(holder=(Want,)),
    }

    stage: str = "want"
    wish: Wish | None = None

    @property
    def done(self) -> bool:
        """Whether a card was chosen."""
        return self.wish is not None

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move."""
        if isinstance(move, Want):
            return changed(self, holder=seat, wish=move.wish)
        return self.on("wanted", holder=seat.other)


@dataclass(frozen=True, kw_only=True)
class Beside(Ends, Nodding):
    """The other is there for the holder, in the way that was asked for.

    Attributes:
        wish: which that is.
        ideas: how many ideas were welcomed and given.
        card: something light, as it was drawn.
    """

    steps: ClassVar[Steps] = {
        "tell": while_speaking(Speak),
        "attend": Step(other=(Attend,)),
        "onward": Step(
            holder=(Speak, Welcome, Go),
            other=(Nod,),
            letters=Step(holder=(Speak, Welcome, Go, Heart)),
            one_phone=Step(holder=(Speak, Welcome, Go)),
        ),
        "ideas": Step(other=(Idea, NoIdea)),
        "quiet": Step(holder=(Go,), other=(Nod,), one_phone=Step(holder=(Go,))),
        "light": Step(either=(Lighten,), holder=(Go,)),
    }

    stage: str = "tell"
    wish: Wish = Wish.LISTEN
    ideas: int = 0
    card: str = ""

    def open_to(self, seat: Seat) -> Kinds:
        """What the step opens; ideas can be welcomed three times."""
        kinds = super().open_to(seat)
        return kinds if self.ideas < IDEAS else kinds - {Welcome}

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move."""
        match move:
            case Nod():
                return self._nod(at)
            case Lighten(card=card):
                return changed(self, card=card)
            case Go(to=More.ENOUGH):
                return self.end()
            case Said():
                return self._told(seat, move)
        return self.on(NEXT[type(move)])

    def scene(self) -> tuple[Any, ...]:  # Any: see Part.scene
        """The step, and what lies on the table in it."""
        return (*super().scene(), self.ideas, self.card)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """The nods, how often ideas can still be welcomed, and something light."""
        return {"nods": self.nods, "ideas_left": IDEAS - self.ideas, "card": self.card}

    def _told(self, seat: Seat, move: Said) -> Self:
        heard = self._heard(seat, move)
        if isinstance(move, Attend) and self.wish is Wish.KNOW:
            return self.end(said=heard)  # one line in return is all that was asked for
        ideas = self.ideas + isinstance(move, Idea)
        return self.on(NEXT[type(move)], said=heard, ideas=ideas)


@dataclass(frozen=True, kw_only=True)
class Comfort(Ends, Held):
    """Comfort without words: the holder chooses, the other agrees or not, each time anew, and either ends it at once.

    However it ends, it goes on where it was, and nothing tells whose it was. In letters there is a hand on the heart alone, at a
    moment that both know beforehand; nobody who lets that moment pass has said no.

    Attributes:
        touch: what the holder would like.
        moment: letters: when.
    """

    steps: ClassVar[Steps] = {
        "touch": Step(holder=(Hold,)),
        "may": Step(
            holder=(Stop,),
            other=(Agree, Stop),
            one_phone=Step(holder=(Stop,), other=(Spoken, Stop)),
        ),
        "ready": Step(either=(Begin, Stop)),
        "held": Step(either=(Stop,)),
    }

    stage: str = "touch"
    touch: Touch = Touch.NONE
    moment: datetime | None = None

    @classmethod
    def asked(cls, part: Part, move: Heart, at: datetime) -> Self:
        """Return the question whether both lay a hand on their heart then, on the minute."""
        moment = (at + timedelta(minutes=move.minutes)).replace(second=0, microsecond=0)
        return cls.back(part, stage="may", touch=Touch.HEART, moment=moment)

    def begins(self, began: datetime | None) -> datetime | None:
        """Return when both screens begin to breathe, once both said yes; this step began then."""
        if self.stage != "held" or began is None:
            return None
        return self.moment or began + LEAD

    def ends(self, began: datetime | None) -> datetime | None:
        """Return when it comes to its end by itself; a moment passes whether it was answered or not."""
        begins = self.begins(began)
        return begins + LASTS[self.touch] if begins else self.moment

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move."""
        match move:
            case Hold(touch=Touch() as touch) if touch is not Touch.NONE:
                return self.on("may", touch=touch)
            case Agree(agree=True) | Spoken():
                return self.on("held" if self.moment else "ready")
            case Begin():
                return self.on("held")
        return self.end()

    def scene(self) -> tuple[Any, ...]:  # Any: see Part.scene
        """The step, and which comfort."""
        return (*super().scene(), self.touch)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """Which comfort, and for how many seconds; that somebody is choosing shows to nobody else."""
        lasts = LASTS.get(self.touch, timedelta())
        return {"touch": self.touch, "seconds": int(lasts.total_seconds()), "moment": self.moment}


@dataclass(frozen=True, kw_only=True)
class HowItWas(Once):
    """The one who asked says whether it landed, or what there could be more of."""

    steps: ClassVar[Steps] = {"landed": Step(holder=(Landed,))}

    stage: str = "landed"


def beginning(wish: Wish, mode: Mode) -> str:
    """Return the step in which being beside somebody begins: in letters always with what they write."""
    together = mode is not Mode.ASYNC
    return (
        {Wish.QUIET: "quiet", Wish.LIGHT: "light", Wish.COMFORT: "onward"}.get(wish, "tell")
        if together
        else "tell"
    )
