"""Moves to try a room with."""

from __future__ import annotations

from enum import StrEnum
from itertools import product
from typing import Any

from hypothesis import strategies as st

from nearer.protocol import Move, Seat
from nearer.protocol.moves import FieldRule, rules_of

MARK = "§"  # opens every sample text, so that a leak can be found


_made: dict[tuple[type[Move], Seat], tuple[Move, ...]] = {}


def samples(kind: type[Move], author: Seat) -> tuple[Move, ...]:
    """Return a few moves of this kind that between them try every branch a rule could take."""
    if (kind, author) not in _made:
        rules = rules_of(kind)
        choices = [_values(rule, f"{MARK}{author} {kind.__name__} {name}") for name, rule in rules.items()]
        made = (dict(zip(rules, values, strict=True)) for values in product(*choices))
        _made[kind, author] = tuple(kind(**values) for values in made)
    return _made[kind, author]


def _values(rule: FieldRule, text: str) -> list[Any]:  # Any: any value a field can hold
    if rule.type is bool:
        return [True, False]
    if issubclass(rule.type, StrEnum):
        return list(rule.type)
    assert rule.length is not None
    if rule.type is int:
        return sorted({rule.length.least, rule.length.most})
    words = text[: rule.length.most].ljust(rule.length.least, ".")
    return [words] if rule.length.least else [words, ""]


def secrets(move: Move) -> list[str]:
    """The sample texts in a move."""
    values = (getattr(move, name) for name in rules_of(type(move)))
    return [value for value in values if isinstance(value, str) and value.startswith(MARK)]


def any_move(kind: type[Move]) -> st.SearchStrategy[Move]:
    """Every move of this kind, for Hypothesis."""
    return st.builds(kind, **{name: _any_value(rule) for name, rule in rules_of(kind).items()})


def _any_value(rule: FieldRule) -> st.SearchStrategy[Any]:  # Any: any value a field can hold
    if rule.type is bool:
        return st.booleans()
    if issubclass(rule.type, StrEnum):
        return st.sampled_from(list(rule.type))
    assert rule.length is not None
    least, most = rule.length.least, rule.length.most
    if rule.type is int:
        return st.integers(least, most)
    return st.text(min_size=least, max_size=min(most, least + 40))
