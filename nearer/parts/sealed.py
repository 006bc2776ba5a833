"""Both answer under seal; then it opens.

What somebody seals changes nothing for the other: not a word, not a step, not a time, until both are in.
A room says which kind of move is sealed, and what the page may see: words and choices open to both, a
judgement that only steers opens to nobody. "Not yet" is an answer too: where one of them gives it, nothing opens, and
nobody learns whose it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.part import Part
from nearer.parts.steps import Kinds
from nearer.protocol import Both, Move, Seat
from nearer.protocol.changing import changed


@dataclass(frozen=True, kw_only=True)
class Sealed(Part):
    """A sealed exchange. A room's own names its step in `steps`, and "opened" if the two look at it before they go on.

    Attributes:
        answers: what each has sealed.
        seen: whether they have looked at what opened.
    """

    shows: ClassVar[bool] = True
    """Whether the answers are for both to see once they are open, or for the rules alone."""

    answers: Both[Any] = field(default_factory=Both)  # Any: what a kind of move holds
    seen: bool = False

    def answer(self, move: Move) -> Any:  # Any: see above
        """Return what is sealed of a move: its one field."""
        return next(iter(vars(move).values()))

    def not_yet(self, answer: Any) -> bool:  # Any: see above
        """Say whether an answer leaves it shut for now."""
        return False

    @property
    def done(self) -> bool:
        """Whether both are in, and looked at where that is a step."""
        return self.answers.complete and (self.seen or "opened" not in self.steps)

    @property
    def opens(self) -> bool:
        """Whether both are in and neither said "not yet"."""
        given = self.answers.given.values()
        return self.answers.complete and not any(self.not_yet(answer) for answer in given)

    def open_to(self, seat: Seat) -> Kinds:
        """The sealed kind, once for each; then going on."""
        return frozenset() if self._sealed_by(seat) else super().open_to(seat)

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the exchange with an answer in it, or looked at."""
        if self.answers.complete:
            return changed(self, seen=True)
        sealed = changed(self, answers=self.answers.put(seat, self.answer(move)))
        looks = sealed.answers.complete and "opened" in self.steps
        return sealed.on("opened") if looks else sealed

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """One's own answer, and both once it opens; where only rules use them, that one's own is in."""
        hidden = not self.shows or (self.answers.complete and not self.opens)
        answers = {} if hidden else self.answers.seen_by(seat)
        return {"sealed_mine": self._sealed_by(seat), "answers": answers}

    def _sealed_by(self, seat: Seat) -> bool:
        return not (self.answers.complete or self.answers.waiting_for(seat))
