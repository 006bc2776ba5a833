"""One tells of today and the other says it back; then each says, sealed, one good thing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from nearer.parts.conversation import Conversation
from nearer.parts.moves import Finish, Note
from nearer.parts.part import Part
from nearer.parts.sealed import Sealed
from nearer.parts.steps import Kinds, Step, Steps, kinds_in
from nearer.parts.turn import Turn
from nearer.protocol import Mode, Seat


@dataclass(frozen=True, kw_only=True)
class Telling(Sealed):
    steps: ClassVar[Steps] = {"tell": Step(either=(Note,)), "opened": Step(either=(Finish,))}
    stage: str = "tell"


@dataclass(frozen=True, kw_only=True)
class Harbour(Conversation):
    slug: ClassVar[str] = "harbour"
    moves: ClassVar[Kinds] = kinds_in(Turn.steps, Telling.steps)
    modes: ClassVar[tuple[Mode, ...]] = tuple(Mode)

    @classmethod
    def begin(cls, **facts: Any) -> Self:
        return cls(
            now=Turn(mode=facts.get("mode", Mode.LIVE), holder=facts.get("starter", Seat.HOST)), **facts
        )

    def then(self, part: Part, at: datetime) -> Self:
        return self.go(Telling(mode=self.mode), at) if isinstance(part, Turn) else self


DIALOGUE = Harbour
