"""Moves: the only input of a dialogue, and the only thing that is stored.

A move is a small frozen record of plain values. Its annotations are the whole truth about what may
be in it, and they are checked each time a move is made, whether by a form, a test or the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from typing import Annotated, Any, ClassVar, get_args, get_origin, get_type_hints

from nearer.protocol.words import Words


class IllegalMove(ValueError):
    """The move is well formed, but this seat may not play it now."""


class UnreadableMove(ValueError):
    """Not a move: an unknown kind, or a field that is missing, unexpected, mistyped or out of range."""


@dataclass(frozen=True)
class Length:
    """Bounds: of the number of characters in a text, or of a whole number."""

    least: int
    most: int


@dataclass(frozen=True)
class Times:
    """How many values a row has. Its `Length` then bounds each of them."""

    count: int


@dataclass(frozen=True)
class FromDeck:
    """A text that names an entry of a deck: drawn on the server, so that nobody wrote it and it is no words."""


Text = Annotated[str, Length(1, 4000)]
Rating = Annotated[int, Length(1, 7)]


@dataclass(frozen=True, kw_only=True)
class Move:
    """Something one seat did.

    `sealed`: hidden from the other seat until both have played it.
    `ambient`: a sign beside the conversation (a nod); it never moves the dialogue on.
    `consent`: agrees to something for oneself, so nobody can play it for the other on one phone.
    `unsent`: in letters it only leads up to one, so the other hears of it with what follows, not before.
    `aside`: of an ambient move: not a sign while the other speaks, but a change to one's own earlier answer.
    `way_out`: of a move that is open beside whatever a step asks for, as a break is: nobody is waited for because of it.
    `deals`: its field that names an entry of a deck; which one, the server draws as it is played: see `Dialogue.deck`.
    """

    sealed: ClassVar[bool] = False
    ambient: ClassVar[bool] = False
    consent: ClassVar[bool] = False
    unsent: ClassVar[bool] = False
    aside: ClassVar[bool] = False
    way_out: ClassVar[bool] = False
    deals: ClassVar[str] = ""

    def __post_init__(self) -> None:
        for name, rule in rules_of(type(self)).items():
            value = getattr(self, name)
            # An enum given as a bare string reads as something else than itself.
            if rule.read(name, value) is not value:
                raise UnreadableMove(f"{type(self).__name__}.{name} has the wrong type")


def leads_on(kind: type[Move]) -> bool:
    """Say whether a kind of move is what a step waits for: neither a sign nor a way out of it."""
    return not (kind.ambient or kind.way_out)


@dataclass(frozen=True)
class FieldRule:
    """What one field of a move may hold: one value, or with `count` a row of that many; `dealt` from a deck, or not."""

    type: type
    length: Length | None = None
    count: int | None = None
    dealt: bool = False

    @property
    def is_said(self) -> bool:
        """Whether it is a text that somebody writes."""
        return self.type is str and not self.dealt

    @property
    def is_choice(self) -> bool:
        """Whether it is one of a few words."""
        return self.count is None and issubclass(self.type, StrEnum)

    def read(self, name: str, value: object) -> object:
        """Return the value as the move holds it, or raise UnreadableMove, which never quotes the value."""
        if self.count is None:
            return self._read_one(name, value)
        if not isinstance(value, tuple) or len(value) != self.count:
            raise UnreadableMove(f"{name} is not a row of {self.count}")
        for each in value:
            self._read_one(name, each)
        return value

    def _read_one(self, name: str, value: object) -> object:
        if issubclass(self.type, StrEnum):
            return self._read_choice(name, value)
        if self.type is str and isinstance(value, Words) and value.withdrawn:
            return value  # what stands in for a text need not be as long as one
        if not isinstance(value, self.type) or (self.type is int and isinstance(value, bool)):
            raise UnreadableMove(f"{name} has the wrong type")
        size = len(value) if isinstance(value, str) else value
        bounds = self.length
        if bounds and isinstance(size, int) and not bounds.least <= size <= bounds.most:
            raise UnreadableMove(f"{name} is out of range")
        return value

    def _read_choice(self, name: str, value: object) -> object:
        try:
            return self.type(value)
        except ValueError:
            raise UnreadableMove(f"{name} is not one of the choices") from None


def _rule(kind: type[Move], name: str, hint: Any) -> FieldRule:  # Any: an annotation can be anything
    length = count = None
    dealt = False
    if get_origin(hint) is Annotated:
        hint, *notes = get_args(hint)
        length = next((note for note in notes if isinstance(note, Length)), None)
        count = next((note.count for note in notes if isinstance(note, Times)), None)
        dealt = any(isinstance(note, FromDeck) for note in notes)
    if count is not None and get_origin(hint) is tuple:
        hint = get_args(hint)[0]
    plain = isinstance(hint, type) and (hint is bool or issubclass(hint, StrEnum))
    if name == "kind" or not (plain or (hint in {str, int} and length)):
        raise TypeError(f"{kind.__name__}.{name} must be a bool, a StrEnum, or a str or int with a Length")
    return FieldRule(hint, length, count, dealt)


_known_rules: dict[type[Move], Mapping[str, FieldRule]] = {}
_known_needs: dict[type[Move], frozenset[str]] = {}


def rules_of(kind: type[Move]) -> Mapping[str, FieldRule]:
    """Return the rule of every field of this kind of move. Raises TypeError on a field no move may have."""
    if kind not in _known_rules:
        hints = get_type_hints(kind, include_extras=True)
        _known_rules[kind] = {f.name: _rule(kind, f.name, hints[f.name]) for f in fields(kind)}
    return _known_rules[kind]


def limit_of(kind: type[Move], name: str) -> int:
    """Return the most characters this kind of move takes in a field, or the highest number.

    Raises:
        TypeError: the field has no limit.
    """
    bounds = rules_of(kind)[name].length
    if bounds is None:
        raise TypeError(f"{name} has no limit")
    return bounds.most


def written_in(move: Move) -> tuple[str, ...]:
    """Return the words that were written in a move; the names in a row are part of its levels."""
    texts = [name for name, rule in rules_of(type(move)).items() if rule.is_said and not rule.count]
    return tuple(text for name in texts if (text := getattr(move, name)))


def has_words(move: Move) -> bool:
    """Whether something was written in a move."""
    return bool(written_in(move))


def encode(move: Move) -> dict[str, Any]:  # Any: plain JSON values
    """Return the move as plain data, ready for JSON."""
    values = {name: getattr(move, name) for name in rules_of(type(move))}
    return {
        "kind": type(move).__name__,
        **{name: value.value if isinstance(value, StrEnum) else value for name, value in values.items()},
    }


def _needed(kind: type[Move]) -> frozenset[str]:
    if kind not in _known_needs:
        _known_needs[kind] = frozenset(f.name for f in fields(kind) if f.default is MISSING)
    return _known_needs[kind]


def decode(stored: object, kinds: Iterable[type[Move]]) -> Move:
    """Return the move that `encode` wrote. `kinds` are the kinds that may occur.

    A field with a default may be missing: it is younger than the log. Raises UnreadableMove on anything else.
    """
    if not isinstance(stored, dict):
        raise UnreadableMove("a stored move is a dict")
    values = {name: value for name, value in stored.items() if name != "kind"}
    named = stored.get("kind")
    kind = next((kind for kind in kinds if kind.__name__ == named), None)
    if kind is None:
        raise UnreadableMove("unknown kind of move")
    rules = rules_of(kind)
    if not _needed(kind) <= values.keys() <= rules.keys():
        raise UnreadableMove(f"{kind.__name__} has other fields")
    rows = {name: tuple(v) for name, v in values.items() if rules[name].count and isinstance(v, list)}
    values |= rows  # JSON knows lists only
    # Whatever else is wrong with a value, the move itself says so.
    chosen = {
        name: rule.read(name, values[name])
        for name, rule in rules.items()
        if rule.is_choice and name in values
    }
    return kind(**values | chosen)
