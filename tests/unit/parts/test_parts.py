"""Each part keeps the laws by itself, in every way of sitting together; rooms then only put them in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

import pytest

from nearer.parts.closing import Closing
from nearer.parts.conversation import Conversation
from nearer.parts.moves import Finish, Note
from nearer.parts.part import Part
from nearer.parts.promise import Promise
from nearer.parts.sealed import Sealed
from nearer.parts.steps import Kinds, Step, Steps, kinds_in
from nearer.parts.turn import Answered, Turn
from nearer.protocol import Mode, Seat
from nearer.testing.laws import keep_the_laws, replay_law

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Telling(Sealed):
    """Both tell, and look at it. An empty one is "not yet"."""

    steps: ClassVar[Steps] = {"tell": Step(either=(Note,)), "opened": Step(either=(Finish,))}

    stage: str = "tell"

    def not_yet(self, answer: Any) -> bool:
        """Whether there is nothing in it."""
        return not answer


def alone(kind: type[Part]) -> type[Conversation]:
    """Return a conversation of one part."""

    @dataclass(frozen=True, kw_only=True)
    class Alone(Conversation):
        slug: ClassVar[str] = "alone"
        moves: ClassVar[Kinds] = kinds_in(kind.steps)
        modes: ClassVar[tuple[Mode, ...]] = tuple(Mode)

        @classmethod
        def begin(cls, **facts: Any) -> Self:
            mode, starter = facts.get("mode", Mode.LIVE), facts.get("starter", Seat.HOST)
            return cls(now=kind(mode=mode, holder=starter), **facts)

        def then(self, part: Part, at: datetime) -> Self:
            return self

        def shown_to(self, seat: Seat) -> dict[str, Any]:
            return {} if self.done else super().shown_to(seat)

    return Alone


@pytest.mark.parametrize("kind", [Turn, Answered, Telling, Promise, Closing], ids=lambda kind: kind.__name__)
def test_a_part_keeps_the_laws_and_its_log_is_the_truth(kind: type[Part]) -> None:
    keep_the_laws(alone(kind), ways=1)
    replay_law(alone(kind))()


def test_not_yet_opens_nothing_and_names_nobody() -> None:
    shut = Telling()
    for seat, words in ((Seat.HOST, "a gull"), (Seat.GUEST, "")):
        shut = shut.after(seat, Note(words=words), NOON)

    assert not shut.opens
    assert [shut.shown_to(seat)["answers"] for seat in Seat] == [{}, {}]


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("words", ["", "a gull"])
def test_with_nothing_to_read_no_page_opens_for_it(mode: Mode, words: str) -> None:
    closing = Closing(mode=mode)
    for seat, said in zip(Seat, ("", words), strict=True):
        closing = closing.after(seat, Note(words=said), NOON)

    assert closing.noted is (bool(words) or mode is Mode.ASYNC)
    assert closing.done is (mode is Mode.ONE and not words)
