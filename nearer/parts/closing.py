"""Closing: a note each, sealed until both are in; then both choose whether to keep what was said, or let it go.

Nothing is owed: a note may be empty. On one phone nothing is kept: the notes lie open on the table, and the
two read them to each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.moves import Finish, Keep, Note
from nearer.parts.part import Part
from nearer.parts.steps import Kinds, Step, Steps
from nearer.protocol import Both, Mode, Move, Seat
from nearer.protocol.changing import changed


@dataclass(frozen=True, kw_only=True)
class Closing(Part):
    """The end of a sitting.

    Attributes:
        notes: one thing each understood better.
        keeps: whether each wants to keep what was said.
        read: on one phone, whether the notes were read.
    """

    steps: ClassVar[Steps] = {
        "note": Step(either=(Note,)),
        "keep": Step(either=(Keep,)),
        "read": Step(either=(Finish,)),
    }

    stage: str = "note"
    notes: Both[str] = field(default_factory=Both)
    keeps: Both[bool] = field(default_factory=Both)
    read: bool = False

    @property
    def done(self) -> bool:
        """Whether both have said whether to keep it, or have read their notes to each other."""
        return self.read or self.keeps.complete

    @property
    def noted(self) -> bool:
        """Whether there is something to read once both are in: a note, or in letters all that was written."""
        return self.notes.complete and (self.mode is Mode.ASYNC or any(self.notes.given.values()))

    @property
    def kept(self) -> bool:
        """Whether both want to keep it."""
        return self.keeps.complete and all(self.keeps.given.values())

    def open_to(self, seat: Seat) -> Kinds:
        """What belongs to this step, once for each where it is sealed."""
        return frozenset() if self._sealed_by(seat) else super().open_to(seat)

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the closing after a move."""
        match move:
            case Note(words=words):
                noted = changed(self, notes=self.notes.put(seat, words))
                if not noted.notes.complete:
                    return noted
                if self.mode is Mode.ONE:
                    return noted.on("read", read=not noted.noted)
                return noted.on("keep")
            case Keep(keep=keep):
                return changed(self, keeps=self.keeps.put(seat, keep))
        return changed(self, read=True)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """The notes as far as they are open. Once it is over they are there only if both keep them."""
        gone = self.done and not self.kept
        return {
            "notes": {} if gone else self.notes.seen_by(seat),
            "noted": self.noted,
            "kept": self.kept,
            "sealed_mine": self._sealed_by(seat),
        }

    def _sealed_by(self, seat: Seat) -> bool:
        sealed: dict[str, Both[Any]] = {
            "note": self.notes,
            "keep": self.keeps,
        }  # Any: only who has answered is asked
        return self.stage in sealed and not sealed[self.stage].waiting_for(seat)
