"""Several things at once, such as chores or days: who takes what, so that both have as much by their own measure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from nearer.parts.sealed import Sealed
from nearer.parts.steps import Step, Steps
from nearer.practices.onething.chapters.solving import Offer, Words
from nearer.practices.onething.fair.sharing import points, shares
from nearer.practices.onething.moves import NoneFits, Spread, Take
from nearer.protocol import Seat

MORE = Fraction(3, 5)
"""From which part on something is more the one's than the other's."""


@dataclass(frozen=True, kw_only=True)
class Spreading(Sealed):
    """Both say, sealed, how gladly they would take each of several things. Nobody is ever shown a word of it.

    Attributes:
        options: the things.
    """

    shows: ClassVar[bool] = False
    steps: ClassVar[Steps] = {"spread": Step(either=(Spread,))}

    stage: str = "spread"
    options: Words = ()

    @property
    def split(self) -> tuple[Piece, ...]:
        """Who takes what, and what they do in turns: how often is said no closer than "more often"."""
        one, other = (points(self.answers.given[seat][: len(self.options)]) for seat in Seat)
        return tuple(Piece.of(*each) for each in zip(self.options, shares(one, other), strict=True))

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """The things, and whether one's own answer is in."""
        return {**super().shown_to(seat), "options": list(self.options)}


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One of several things that are shared out.

    Attributes:
        words: the thing.
        seat: who takes it, or more of it; None where both take as much.
        in_turns: whether they take turns.
    """

    words: str
    seat: Seat | None
    in_turns: bool

    @classmethod
    def of(cls, words: str, part: Fraction) -> Self:
        """Return the thing of which so much goes to the host."""
        first = part > MORE or (None if part >= 1 - MORE else False)
        seat = None if first is None else Seat.HOST if first else Seat.GUEST
        return cls(words=words, seat=seat, in_turns=0 < part < 1)


@dataclass(frozen=True, kw_only=True)
class Division(Offer):
    """Several things, shared out. They try it once both say so.

    Attributes:
        split: who takes what.
    """

    steps: ClassVar[Steps] = {"split": Step(either=(Take, NoneFits))}

    stage: str = "split"
    cards: tuple[int, ...] = (0,)
    split: tuple[Piece, ...] = ()

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """Who takes what, and who would try it."""
        wishes = dict(self.wishes)
        return {"split": shown(self.split, seat), "mine": seat in wishes, "theirs": seat.other in wishes}


def shown(split: tuple[Piece, ...], seat: Seat) -> list[dict[str, Any]]:  # Any: plain values for a page
    """Return who takes what, as one of the two reads it: `whose` is "me", "you" or "both"."""
    whose = {None: "both", seat: "me", seat.other: "you"}
    return [{"words": each.words, "whose": whose[each.seat], "in_turns": each.in_turns} for each in split]
