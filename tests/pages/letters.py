"""Letters, for tests: each step of them as the two play it."""

from __future__ import annotations

from nearer.practices.listening.moves import (
    Check,
    Clarify,
    EndHere,
    Fit,
    Note,
    Reflect,
    SetTopic,
    Speak,
    Swap,
    Validate,
)
from nearer.protocol import Mode, Move, Ready
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, arrive, fresh, play, start_sitting

# Who moves, and what: True is the host, who writes first.
STEPS: list[tuple[bool, Move]] = [
    (True, Ready()),
    (True, SetTopic(topic="the drive home")),
    (True, Speak(words="a first letter", aloud=False)),
    (False, Ready()),
    (False, Reflect(words="what came through", aloud=False)),
    (True, Check(answer=Fit.NEARLY)),
    (True, Clarify(words="the missing part", aloud=False)),
    (False, Reflect(words="all that came through", aloud=False)),
    (True, Check(answer=Fit.YES)),
    (False, Validate(words="it makes sense", aloud=False)),
    (False, Swap()),
    (False, Speak(words="a second letter", aloud=False)),
    (True, Reflect(words="heard in turn", aloud=False)),
    (False, Check(answer=Fit.YES)),
    (True, Validate(words="", aloud=False)),
    (True, Note(words="mine")),
    (False, Note(words="yours")),
]
SENT, OPENED, SAID_BACK, CHECKED, VALIDATED, NOTING = 3, 4, 5, 9, 10, 15


def letters(pair: Pair, steps: int = 0) -> Sitting:
    """Begin letters and play so many of their steps."""
    sitting = start_sitting(pair, mode=Mode.ASYNC)
    go_on(pair, sitting, 0, steps)
    return fresh(sitting)


def go_on(pair: Pair, sitting: Sitting, first: int, last: int) -> None:
    """Play the steps from one number to another; what is sent arrives before the next."""
    for is_host, move in STEPS[first:last]:
        play(pair.host if is_host else pair.guest, sitting, move)
        arrive(pair, sitting)


def end_here(pair: Pair, sitting: Sitting) -> None:
    """The guest leaves it at one letter."""
    play(pair.guest, sitting, EndHere())
