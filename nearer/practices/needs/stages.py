"""The steps of the Needs Mirror, and who may do what in each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from nearer.practices.needs.moves import (
    Agree,
    Answer,
    Ask,
    Check,
    EndHere,
    Enough,
    First,
    Guess,
    Guessed,
    Map,
    NoPlan,
    Notice,
    Pick,
    PickOwn,
    Plan,
    Reflect,
    Reply,
    Request,
    SignMeans,
    Spoken,
    Swap,
    Unfold,
)
from nearer.protocol import Mode, Move

type Kinds = frozenset[type[Move]]


class Stage(StrEnum):
    """The steps."""

    FIRST = "first"  # one phone: whose need comes first
    GUESS = "guess"  # one phone: the guess is said aloud
    PICK = "pick"  # one phone: the one whose need it is takes a card
    MAP = "map"  # both map, then guess, each for themselves
    REVEAL = "reveal"
    ASK = "ask"
    ANSWER = "answer"
    REFLECT = "reflect"
    CHECK = "check"
    CUE = "cue"  # one sign that was seen or heard, if there was one
    SIGN = "sign"  # what it meant
    REQUEST = "request"
    UNFOLD = "unfold"  # letters: both say that they are ready to read
    REPLY = "reply"
    PLAN = "plan"
    AGREE = "agree"
    SWAP = "swap"
    TOMORROW = "tomorrow"  # letters: the next one opens a day after the last


class Role(StrEnum):
    """What somebody is in a step."""

    OWNER = "owner"  # it is about their need
    OTHER = "other"
    EITHER = "either"


WHO: Mapping[Stage, Mapping[Role, Kinds]] = {
    Stage.FIRST: {Role.EITHER: frozenset({First})},
    Stage.GUESS: {Role.OTHER: frozenset({Guessed})},
    Stage.PICK: {Role.OWNER: frozenset({Pick, PickOwn})},
    Stage.MAP: {Role.EITHER: frozenset({Map, Guess})},
    Stage.REVEAL: {Role.EITHER: frozenset({Pick, PickOwn, EndHere})},
    Stage.ASK: {Role.OTHER: frozenset({Ask})},
    Stage.ANSWER: {Role.OWNER: frozenset({Answer})},
    Stage.REFLECT: {Role.OTHER: frozenset({Reflect})},
    Stage.CHECK: {Role.OWNER: frozenset({Check})},
    Stage.CUE: {Role.OTHER: frozenset({Notice})},
    Stage.SIGN: {Role.OWNER: frozenset({SignMeans})},
    Stage.REQUEST: {Role.OWNER: frozenset({Request, Enough})},
    Stage.UNFOLD: {Role.EITHER: frozenset({Unfold})},
    Stage.REPLY: {Role.OTHER: frozenset({Reply})},
    Stage.PLAN: {Role.OTHER: frozenset({Plan, NoPlan})},
    Stage.AGREE: {Role.OWNER: frozenset({Agree})},
    Stage.SWAP: {Role.OTHER: frozenset({Pick, PickOwn}), Role.EITHER: frozenset({EndHere})},
    Stage.TOMORROW: {},
}

IN_LETTERS: Mapping[Stage, Mapping[Role, Kinds]] = {
    Stage.REVEAL: {Role.EITHER: frozenset({Pick, EndHere})},
    Stage.SWAP: {Role.OTHER: frozenset({Pick, EndHere})},
}
"""Where letters differ: whoever writes next decides."""

ON_ONE_PHONE: Mapping[Stage, Mapping[Role, Kinds]] = {
    Stage.REPLY: {Role.EITHER: frozenset({Spoken})},
    Stage.SWAP: {Role.EITHER: frozenset({Swap, EndHere})},
}
"""Where one phone differs: what one of them promises is said aloud, and nobody can tap it for the other."""

DIFFERENCES: Mapping[Mode, Mapping[Stage, Mapping[Role, Kinds]]] = {
    Mode.LIVE: {},
    Mode.ONE: ON_ONE_PHONE,
    Mode.ASYNC: IN_LETTERS,
}


def who(stage: Stage, mode: Mode) -> Mapping[Role, Kinds]:
    """Return who may do what in a stage of a sitting held in this way."""
    return DIFFERENCES[mode].get(stage, WHO[stage])


STEPS: Mapping[Stage, int] = {
    Stage.MAP: 0,
    Stage.FIRST: 0,
    Stage.GUESS: 0,
    Stage.PICK: 0,
    Stage.REVEAL: 0,
    Stage.ASK: 1,
    Stage.ANSWER: 1,
    Stage.REFLECT: 1,
    Stage.CHECK: 1,
    Stage.TOMORROW: 1,
    Stage.CUE: 1,
    Stage.SIGN: 1,
    Stage.REQUEST: 2,
    Stage.UNFOLD: 2,
    Stage.REPLY: 2,
    Stage.PLAN: 3,
    Stage.AGREE: 3,
    Stage.SWAP: 3,
}
"""Where each stage is in: see, understand, ask for, plan."""
