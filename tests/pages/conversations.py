"""Whole conversations on The Floor, for tests that need one to have happened."""

from __future__ import annotations

from nearer.practices.listening.moves import (
    Ask,
    Check,
    EndHere,
    Feel,
    Fit,
    Heat,
    Keep,
    More,
    Note,
    Reflect,
    SetTopic,
    Speak,
    TakeTopic,
    Validate,
    Volunteer,
)
from nearer.protocol import Move
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, play, start_floor

type Turn = tuple[bool, Move]  # whether the host plays it, and what

WARM = Feel.TOUCHY
CALM = Feel.EASY


def take_turns(pair: Pair, sitting: Sitting, *turns: Turn) -> None:
    """Play these in order."""
    for is_host, move in turns:
        play(pair.host if is_host else pair.guest, sitting, move)


def agreed(topic: str) -> list[Turn]:
    """The host suggests a topic, and the guest says yes."""
    return [(True, SetTopic(topic=topic)), (False, TakeTopic())]


def opening(topic: str, heat: Feel) -> list[Turn]:
    """Agree on a topic; the host speaks first."""
    level = Heat(level=heat)
    return [*agreed(topic), (True, level), (False, level), (True, Volunteer())]


def floor_of_host(said: str) -> list[Turn]:
    """The host is heard at once, and both write a note."""
    return [
        (True, Speak(words=said, aloud=False)),
        (False, Reflect(words="I heard you", aloud=False)),
        (True, Check(answer=Fit.YES)),
        (False, Validate(words="", aloud=False)),
        (False, Ask(words="", aloud=False)),
        (True, More(more=False)),
        (False, EndHere()),
        (True, Note(words="my note")),
        (False, Note(words="your note")),
    ]


def play_to_the_end(pair: Pair, *, topic: str = "the drive home", said: str = "I felt left out") -> Sitting:
    """Play until only the question is left whether to keep it."""
    sitting = start_floor(pair)
    take_turns(pair, sitting, *opening(topic, CALM), *floor_of_host(said))
    return sitting


def keep_it(pair: Pair, sitting: Sitting, *, host: bool = True, guest: bool = True) -> None:
    """Both answer whether to keep it."""
    take_turns(pair, sitting, (True, Keep(keep=host)), (False, Keep(keep=guest)))
