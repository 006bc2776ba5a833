"""The steps of the Floor, and who may do what in each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from nearer.practices.listening.moves import (
    Ask,
    Check,
    Clarify,
    Coin,
    EndHere,
    Enough,
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
from nearer.protocol import Move

type Kinds = frozenset[type[Move]]


class Stage(StrEnum):
    """The steps of the Floor."""

    TOPIC = "topic"
    HEAT = "heat"
    ROLES = "roles"
    SPEAK = "speak"
    REFLECT = "reflect"
    CHECK = "check"
    CLARIFY = "clarify"
    ENOUGH = "enough"
    VALIDATE = "validate"
    ASK = "ask"
    MORE = "more"
    SWAP = "swap"
    NOTE = "note"
    KEEP = "keep"


class Role(StrEnum):
    """Who a move belongs to."""

    EITHER = "either"
    SPEAKER = "speaker"
    LISTENER = "listener"


WHO: Mapping[Stage, Mapping[Role, Kinds]] = {
    Stage.TOPIC: {Role.EITHER: frozenset({SetTopic})},
    Stage.HEAT: {Role.EITHER: frozenset({Heat})},
    Stage.ROLES: {Role.EITHER: frozenset({Volunteer, Coin})},
    Stage.SPEAK: {Role.SPEAKER: frozenset({Speak}), Role.LISTENER: frozenset({Nod})},
    Stage.REFLECT: {Role.LISTENER: frozenset({Reflect})},
    Stage.CHECK: {Role.SPEAKER: frozenset({Check})},
    Stage.CLARIFY: {Role.SPEAKER: frozenset({Clarify}), Role.LISTENER: frozenset({Nod})},
    Stage.ENOUGH: {Role.SPEAKER: frozenset({Enough})},
    Stage.VALIDATE: {Role.LISTENER: frozenset({Validate})},
    Stage.ASK: {Role.LISTENER: frozenset({Ask})},
    Stage.MORE: {Role.SPEAKER: frozenset({More})},
    Stage.SWAP: {Role.EITHER: frozenset({Swap, EndHere})},
    Stage.NOTE: {Role.EITHER: frozenset({Note})},
    Stage.KEEP: {Role.EITHER: frozenset({Keep})},
}

SAYINGS: Mapping[type[Move], tuple[str, Stage]] = {
    Speak: ("spoke", Stage.REFLECT),
    Clarify: ("clarified", Stage.REFLECT),
    Reflect: ("reflected", Stage.CHECK),
    Validate: ("validated", Stage.ASK),
    Ask: ("asked", Stage.MORE),
}
"""What each saying is called, and the stage it leads to."""

STEPS: Mapping[Stage, int] = {
    Stage.SPEAK: 0,
    Stage.CLARIFY: 0,
    Stage.REFLECT: 1,
    Stage.CHECK: 2,
    Stage.ENOUGH: 2,
    Stage.VALIDATE: 2,
    Stage.ASK: 2,
    Stage.MORE: 2,
    Stage.SWAP: 3,
}
"""Where each stage is in: speak, say back, check, swap."""
