"""A room made of parts: it stands in one part after another, and says what follows what."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.moves import Answer, Clarify, Reflect, Speak
from nearer.parts.part import Held, Part, Saying
from nearer.parts.steps import Kinds
from nearer.protocol import Dialogue, Move, Seat, Words
from nearer.protocol.changing import changed


@dataclass(frozen=True, kw_only=True)
class Conversation(Dialogue):
    """A position in a room made of parts.

    Attributes:
        now: the part they are in.
        said: what was said in the parts before it.
        said_from: where in that the round begins that they are in.
    """

    do_not_call_in_templates: ClassVar[bool] = True
    """A page asks the rules of a room what they are called; it makes no position of them."""

    tells: ClassVar[frozenset[str]] = frozenset({Speak.called, Clarify.called, Answer.called})
    """Sayings that tell something, which the other may say back."""

    now: Part
    said: tuple[Saying, ...] = ()
    said_from: int = 0

    @abstractmethod
    def then(self, part: Part, at: datetime) -> Self:
        """Return where it goes on after a part that has come to its end; `self` at the end of all."""

    @property
    def stage(self) -> str:
        """The step they are in."""
        return self.now.stage

    @property
    def done(self) -> bool:
        """Whether the last part came to its end."""
        return self.now.done

    def open_to(self, seat: Seat) -> Kinds:
        """What the part opens to a seat."""
        return self.now.open_to(seat)

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return where the move leads."""
        return self.stand(self.now.after(seat, move, at), at)

    def scene(self) -> tuple[Any, ...]:  # Any: see Dialogue.scene
        """The step of the part."""
        return self.now.scene()

    @property
    def timer(self) -> datetime | None:
        """When the part goes on by itself."""
        return self.now.timer

    def after_time(self, at: datetime) -> Self:
        """Return the position after that: what was held back goes on."""
        return self.release(at)

    @property
    def chimes(self) -> tuple[datetime, ...]:
        """The soft moments of the part."""
        return () if self.turn_began is None else self.now.chimes(self.turn_began)

    def stand(self, part: Part, at: datetime) -> Self:
        """Return the position with the part moved on, and on from it if that was its end."""
        if part is self.now:
            return self
        moved = changed(self, now=part)
        if part.done:
            return moved.then(part, at)
        return moved if part.scene() == self.now.scene() else changed(moved, turn_began=at)

    def go(self, part: Part, at: datetime | None, **changes: Any) -> Self:  # Any: fields of the room
        """Return the position at the beginning of another part; what was said in the last one stays said."""
        return changed(self, **{"now": part, "turn_began": at, "said": self.all_said, **changes})

    def hold(self, part: Held, at: datetime | None) -> Self:
        """Return the position with a part before the one they are in, until its time has come."""
        return changed(self, now=part, turn_began=at)

    def release(self, at: datetime | None, **changes: Any) -> Self:  # Any: fields of the room
        """Return the position in the part that was held back."""
        if not isinstance(self.now, Held):
            raise TypeError(f"{type(self.now).__name__} holds nothing back")
        return changed(self, **{"now": self.now.held, "turn_began": at, **changes})

    @property
    def all_said(self) -> tuple[Saying, ...]:
        """Everything that has been said."""
        return self.said + self.now.said

    def heard_by(self, seat: Seat) -> tuple[Saying, ...]:
        """Return what of it a seat may see: what was said in this round."""
        return self.all_said[self.said_from :]

    def echoes(self, saying: Saying) -> bool:
        """Whether a saying says back what the other told, and goes when that is taken back."""
        return saying.kind == Reflect.called

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What the part shows, and what was said. Aloud is aloud: it leaves nothing but that it was the last."""
        said = self._without_echoes(self.heard_by(seat))
        heard = [{**vars(saying), "mine": saying.seat is seat} for saying in said]
        return {
            "stage": self.stage,
            "said": [saying for saying in heard if saying["words"] or saying["way"]],
            "last": heard[-1] if heard else None,
            **self.now.shown_to(seat),
        }

    @property
    def gone_with(self) -> frozenset[str]:
        """Where words stand that say back what was taken back, and went with it."""
        pairs = zip(self.all_said, self._without_echoes(self.all_said), strict=True)
        return frozenset(
            each.words.where for each, left in pairs if left is not each and isinstance(each.words, Words)
        )

    def _without_echoes(self, said: Iterable[Saying]) -> Iterator[Saying]:
        """Yield what was said, with a say-back taken back where words are that it was made of."""
        told: dict[Seat, tuple[Saying, ...]] = {}
        for saying in said:
            if saying.kind in self.tells:
                before = told.get(saying.seat, ()) if saying.kind == Clarify.called else ()
                told[saying.seat] = (*before, saying)
            gone = [each.words for each in told.get(saying.seat.other, ()) if _is_withdrawn(each.words)]
            yield replace(saying, words=gone[0]) if gone and saying.words and self.echoes(saying) else saying


def _is_withdrawn(words: str) -> bool:
    return isinstance(words, Words) and words.withdrawn
