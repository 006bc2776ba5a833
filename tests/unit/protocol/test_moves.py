"""Moves hold what their annotations say, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from hypothesis import given, settings

from nearer.protocol import HOUSE_MOVES, Length, Move, Text, UnreadableMove, decode, encode
from nearer.testing.examples import examples
from nearer.testing.samples import any_move
from tests.unit.protocol.rooms import Colour, Exchange, Tell, Wave, tell

KINDS = Exchange.moves | HOUSE_MOVES
STORED = {"kind": "Tell", "words": "hello", "stars": 7, "colour": "red", "sure": True}


def test_a_stored_move_is_plain_and_comes_back() -> None:
    stored = encode(tell())

    assert stored == STORED
    assert type(stored["colour"]) is str
    assert decode(stored, KINDS) == tell()
    assert decode(encode(Wave()), KINDS) == Wave()


@settings(derandomize=True, database=None, max_examples=examples(50))
@given(any_move(Tell))
def test_any_move_comes_back(move: Move) -> None:
    assert decode(encode(move), KINDS) == move


@pytest.mark.parametrize(
    "stored",
    [
        None,
        [],
        {},
        {"kind": None},
        {"kind": ["Tell"]},
        {"kind": "Unknown"},
        {"kind": "Tell"},
        {"kind": "Wave", "extra": 1},
        {**STORED, "extra": 1},
        {**STORED, "words": ""},
        {**STORED, "words": "x" * 21},
        {**STORED, "words": 5},
        {**STORED, "words": None},
        {**STORED, "stars": 0},
        {**STORED, "stars": 8},
        {**STORED, "stars": "7"},
        {**STORED, "stars": True},
        {**STORED, "stars": 7.0},
        {**STORED, "colour": "green"},
        {**STORED, "colour": None},
        {**STORED, "colour": []},
        {**STORED, "sure": "yes"},
        {**STORED, "sure": 1},
    ],
)
def test_anything_else_is_unreadable(stored: object) -> None:
    with pytest.raises(UnreadableMove):
        decode(stored, KINDS)


def test_an_error_never_quotes_the_words() -> None:
    with pytest.raises(UnreadableMove) as error:
        decode({**STORED, "words": "a secret that is far too long"}, KINDS)

    assert "secret" not in str(error.value)


def test_a_move_made_in_code_is_checked_too() -> None:
    with pytest.raises(UnreadableMove):
        Tell(words="x" * 21, stars=7, colour=Colour.RED, sure=True)
    bare: Any = "red"
    with pytest.raises(UnreadableMove):
        Tell(words="x", stars=7, colour=bare, sure=True)


def test_length_counts_code_points() -> None:
    assert Tell(words="👋🏽" * 10, stars=1, colour=Colour.BLUE, sure=False).words == "👋🏽" * 10


@dataclass(frozen=True, kw_only=True)
class Endless(Move):
    """A text with no end."""

    words: str


@dataclass(frozen=True, kw_only=True)
class Vague(Move):
    """A field of a type nothing can check."""

    notes: list[str]


@dataclass(frozen=True, kw_only=True)
class Marked(Move):
    """An annotation that is not a length."""

    words: Annotated[str, "as you like"]


@dataclass(frozen=True, kw_only=True)
class Kind(Move):
    """A field that would hide the kind."""

    kind: Text


def unchecked() -> Iterator[tuple[type[Move], object]]:
    yield Endless, "x"
    yield Vague, []
    yield Marked, "x"
    yield Kind, "x"


@pytest.mark.parametrize(("kind", "value"), list(unchecked()), ids=lambda it: getattr(it, "__name__", ""))
def test_no_move_has_a_field_that_cannot_be_checked(kind: type[Move], value: object) -> None:
    name = next(iter(kind.__annotations__))

    with pytest.raises(TypeError):
        kind(**{name: value})


def test_a_length_may_stand_beside_other_notes() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Noted(Move):
        words: Annotated[str, "as you like", Length(0, 2)]

    assert Noted(words="ab").words == "ab"
