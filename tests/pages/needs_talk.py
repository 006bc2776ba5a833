"""Whole talks in the Needs Mirror, for tests that need one to have happened."""

from __future__ import annotations

from nearer.practices.needs.moves import (
    Agree,
    Answer,
    Ask,
    Check,
    EndHere,
    Fit,
    Guess,
    Map,
    Notice,
    Pick,
    Plan,
    Reflect,
    Reply,
    Request,
    Way,
)
from nearer.protocol import Move, Ready
from nearer.sittings.models import Sitting
from nearer.sittings.practice import practice
from nearer.sittings.run import actions
from nearer.testing.cast import Pair, play
from tests.unit.needs.maps import guess_of, map_of

ALICES = map_of(dict.fromkeys(range(16), 1) | {0: 4, 9: 4, 13: 3}, met={9: 1}, private={13: 1})
BOBS = map_of(dict.fromkeys(range(16), 2) | {0: 3, 5: 4})
BY_ALICE, BY_BOB = guess_of({0: 4, 5: 1}, 2), guess_of({0: 4, 9: 0}, 1)


def begin(pair: Pair) -> Sitting:
    """Let both come in."""
    sitting = actions.start(pair.host.at(pair.bond), practice("needs"), facts={})
    for person in (pair.host, pair.guest):
        play(person, sitting, Ready())
    return sitting


def reveal(
    pair: Pair, *, alices: Map = ALICES, bobs: Map = BOBS, guesses: tuple[Guess, Guess] = (BY_ALICE, BY_BOB)
) -> Sitting:
    """Let both map and guess."""
    sitting = begin(pair)
    for person, map_, guess in ((pair.host, alices, guesses[0]), (pair.guest, bobs, guesses[1])):
        play(person, sitting, map_)
        play(person, sitting, guess)
    return sitting


def take_turns(pair: Pair, sitting: Sitting, *turns: tuple[bool, Move]) -> None:
    """Play these in order; true is Alice."""
    for is_host, move in turns:
        play(pair.host if is_host else pair.guest, sitting, move)


TALK = (
    (True, Pick(card=9)), (False, Ask(words="What is it like?", aloud=False)),
    (True, Answer(words="Quiet, at last", aloud=False)), (False, Reflect(words="You come to rest", aloud=False)),
    (True, Check(answer=Fit.YES)), (False, Notice(words="", aloud=False)),
    (True, Request(words="Half an hour when I come home?", aloud=False)),
)  # fmt: skip
PROMISE = (
    (False, Reply(way=Way.YES, words="", days=0)),
    (False, Plan(cue="the door closes", act="say nothing until seven", days=4)),
    (True, Agree(agree=True)), (True, EndHere()),
)  # fmt: skip
WHOLE: tuple[tuple[bool, Move], ...] = (
    (True, ALICES), (True, BY_ALICE), (False, BOBS), (False, BY_BOB), *TALK, *PROMISE,
)  # fmt: skip


def until_request(pair: Pair, sitting: Sitting) -> None:
    """Alice picks time alone, Bob asks and understands, and she asks for one thing."""
    take_turns(pair, sitting, *TALK)


def with_a_plan(pair: Pair) -> Sitting:
    """Play a whole sitting that ends with a plan."""
    sitting = begin(pair)
    take_turns(pair, sitting, *WHOLE)
    return sitting
