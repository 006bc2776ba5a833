"""A part of a conversation: a small immutable position that a room stands in and asks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.moves import Agree, Said
from nearer.parts.steps import Kinds, Steps, open_in
from nearer.protocol import Mode, Move, Seat
from nearer.protocol.changing import changed


@dataclass(frozen=True)
class Saying:
    """Something one of them said. Without words it was said aloud.

    Attributes:
        seat: who.
        kind: what the saying is called.
        words: what was written.
        aloud: whether it was spoken.
        way: how, where there are ways to choose from.
    """

    seat: Seat
    kind: str
    words: str
    aloud: bool
    way: str = ""


@dataclass(frozen=True, kw_only=True)
class Part(ABC):
    """Where two people are in one part.

    Attributes:
        mode: how they sit.
        holder: whose part it is: who has the floor, whose need or letter it is. None where both are alike.
        stage: which step of it.
        said: what has been said in it.
    """

    steps: ClassVar[Steps]
    """Who may do what, by step."""

    mode: Mode = Mode.LIVE
    holder: Seat | None = None
    stage: str = ""
    said: tuple[Saying, ...] = ()

    @abstractmethod
    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part after a move that is open to the seat; `self` when it changes nothing."""

    @property
    @abstractmethod
    def done(self) -> bool:
        """Whether it has come to its end."""

    def open_to(self, seat: Seat) -> Kinds:
        """The kinds of move this seat may play now."""
        return (
            frozenset()
            if self.done
            else open_in(self.steps[self.stage], self.mode, holds=seat is self.holder)
        )

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What this seat may see of it, beside its step and what was said."""
        return {}

    def scene(self) -> tuple[Any, ...]:  # Any: see Dialogue.scene
        """Name the step as plain data: the same while only signs and sealed answers are added."""
        return (self.stage, self.holder)

    @property
    def timer(self) -> datetime | None:
        """When it goes on by itself, if it does."""
        return None

    def chimes(self, began: datetime) -> tuple[datetime, ...]:
        """Soft moments of this step, which began then."""
        return ()

    def said_by(self, seat: Seat, move: Said, *, way: str) -> Saying:
        """Return what was said, as the answer to something: nothing written was said aloud, where there is somebody to hear it."""
        aloud = self.mode is not Mode.ASYNC and (move.aloud or not move.words)
        return Saying(seat, move.called, move.words, aloud, way)

    def on(self, stage: str, **changes: Any) -> Self:  # Any: fields of the part
        """Return the part in another step."""
        return changed(self, stage=stage, **changes)

    def _heard(self, seat: Seat, move: Said, *, may_skip: bool = False) -> tuple[Saying, ...]:
        """Return what has been said, with this. Nothing written and not aloud is a skip where one may skip."""
        aloud = self.mode is not Mode.ASYNC and (move.aloud or not (move.words or may_skip))
        way = str(getattr(move, "way", ""))
        if not (move.words or aloud or way):
            return self.said
        return (*self.said, Saying(seat, move.called, move.words, aloud, way))


@dataclass(frozen=True, kw_only=True)
class Ends(Part):
    """A part that a move ends.

    Attributes:
        over: whether it came to its end.
    """

    over: bool = False

    @property
    def done(self) -> bool:
        """Whether it came to its end."""
        return self.over

    def end(self, **changes: Any) -> Self:  # Any: fields of the part
        """Return the part at its end."""
        return changed(self, over=True, **changes)


@dataclass(frozen=True, kw_only=True)
class Agreeing(Ends):
    """A part that ends with a plan, which holds once both said yes, or without one.

    Attributes:
        agreed: whether both said yes.
    """

    agreed: bool = False

    def settled(self, move: Move) -> Self:
        """Return the part at its end: with a yes, or with a move that leaves it."""
        return self.end(agreed=isinstance(move, Agree))


@dataclass(frozen=True, kw_only=True)
class Once(Part):
    """A part of one move, whoever it is open to. Something that is said in it may be skipped.

    Attributes:
        move: what was played.
        by: who played it.
    """

    move: Move | None = None
    by: Seat | None = None

    @property
    def done(self) -> bool:
        """Whether it was played."""
        return self.move is not None

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the part with the move in it."""
        said = self._heard(seat, move, may_skip=True) if isinstance(move, Said) else self.said
        return changed(self, move=move, by=seat, said=said)


@dataclass(frozen=True, kw_only=True)
class Held(Part):
    """A part that holds another one back. What was said in that one stands in it meanwhile.

    Attributes:
        held: the other one.
    """

    held: Part

    @classmethod
    def back(cls, part: Part, **more: Any) -> Self:  # Any: fields of the part
        """Return the part that holds this one back."""
        return cls(held=part, mode=part.mode, holder=part.holder, said=part.said, **more)
