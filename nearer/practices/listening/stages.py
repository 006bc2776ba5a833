"""The steps of the Floor, and who may do what in each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from nearer.practices.listening.moves import (
    Ask,
    Check,
    Cheer,
    Clarify,
    Coin,
    EndHere,
    Enough,
    Finish,
    Heat,
    Keep,
    More,
    Nod,
    Note,
    Reflect,
    SetTopic,
    Speak,
    Swap,
    Validate,
    Volunteer,
)
from nearer.protocol import Mode, Move

type Kinds = frozenset[type[Move]]


class Stage(StrEnum):
    """The steps of the Floor."""

    TOPIC = "topic"
    HEAT = "heat"
    ROLES = "roles"
    SPEAK = "speak"
    WARM = "warm"  # letters: a letter waits while its reader says how warm the topic feels
    REFLECT = "reflect"
    CHEER = "cheer"  # good news: what the listener does instead of saying it back
    CHECK = "check"
    CLARIFY = "clarify"
    ENOUGH = "enough"
    VALIDATE = "validate"
    ASK = "ask"
    MORE = "more"
    SWAP = "swap"
    NOTE = "note"
    KEEP = "keep"
    READ = "read"  # one phone: both notes lie open on the table


class Role(StrEnum):
    """Who a move belongs to."""

    EITHER = "either"
    SPEAKER = "speaker"
    LISTENER = "listener"
    STARTER = "starter"


WHO: Mapping[Stage, Mapping[Role, Kinds]] = {
    Stage.TOPIC: {Role.EITHER: frozenset({SetTopic})},
    Stage.HEAT: {Role.EITHER: frozenset({Heat})},
    Stage.ROLES: {Role.EITHER: frozenset({Volunteer, Coin})},
    Stage.SPEAK: {Role.SPEAKER: frozenset({Speak}), Role.LISTENER: frozenset({Nod})},
    Stage.WARM: {Role.LISTENER: frozenset({Heat})},
    Stage.REFLECT: {Role.LISTENER: frozenset({Reflect})},
    Stage.CHEER: {Role.LISTENER: frozenset({Cheer})},
    Stage.CHECK: {Role.SPEAKER: frozenset({Check})},
    Stage.CLARIFY: {Role.SPEAKER: frozenset({Clarify}), Role.LISTENER: frozenset({Nod})},
    Stage.ENOUGH: {Role.SPEAKER: frozenset({Enough})},
    Stage.VALIDATE: {Role.LISTENER: frozenset({Validate})},
    Stage.ASK: {Role.LISTENER: frozenset({Ask})},
    Stage.MORE: {Role.SPEAKER: frozenset({More})},
    Stage.SWAP: {Role.EITHER: frozenset({Swap, EndHere})},
    Stage.NOTE: {Role.EITHER: frozenset({Note})},
    Stage.KEEP: {Role.EITHER: frozenset({Keep})},
    Stage.READ: {Role.EITHER: frozenset({Finish})},
}

IN_LETTERS: Mapping[Stage, Mapping[Role, Kinds]] = {
    Stage.TOPIC: {Role.STARTER: frozenset({SetTopic})},
    Stage.HEAT: {Role.STARTER: frozenset({Heat})},
    Stage.SPEAK: {Role.SPEAKER: frozenset({Speak})},
    Stage.CLARIFY: {Role.SPEAKER: frozenset({Clarify})},
    Stage.SWAP: {Role.LISTENER: frozenset({Swap, EndHere})},
}
"""Where letters differ: whoever writes next decides, and nobody nods at a letter."""

ON_ONE_PHONE: Mapping[Stage, Mapping[Role, Kinds]] = {
    Stage.SPEAK: {Role.SPEAKER: frozenset({Speak})},
    Stage.CLARIFY: {Role.SPEAKER: frozenset({Clarify})},
}
"""Where one phone differs: the listener looks at the speaker, not at the screen."""

DIFFERENCES: Mapping[Mode, Mapping[Stage, Mapping[Role, Kinds]]] = {
    Mode.LIVE: {},
    Mode.ONE: ON_ONE_PHONE,
    Mode.ASYNC: IN_LETTERS,
}


def who(stage: Stage, mode: Mode) -> Mapping[Role, Kinds]:
    """Return who may do what in a stage of a sitting held in this way."""
    return DIFFERENCES[mode].get(stage, WHO[stage])


SAYINGS: Mapping[type[Move], str] = {
    Speak: "spoke",
    Clarify: "clarified",
    Reflect: "reflected",
    Cheer: "cheered",
    Validate: "validated",
    Ask: "asked",
}
"""What each saying is called."""

STEPS: Mapping[Stage, int] = {
    Stage.SPEAK: 0,
    Stage.CLARIFY: 0,
    Stage.REFLECT: 1,
    Stage.CHEER: 1,
    Stage.CHECK: 2,
    Stage.ENOUGH: 2,
    Stage.VALIDATE: 2,
    Stage.ASK: 2,
    Stage.MORE: 2,
    Stage.SWAP: 3,
}
"""Where each stage is in: speak, say back, check, swap."""
