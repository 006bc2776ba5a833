"""Moves to try a room with."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from itertools import cycle, islice, product
from typing import Any

from hypothesis import strategies as st

from nearer.protocol import Move, Seat
from nearer.protocol.moves import FieldRule, rules_of
from nearer.protocol.partner import words_of

MARK = "§"  # opens every sample text, so that a leak can be found


_made: dict[tuple[type[Move], Seat], tuple[Move, ...]] = {}


def samples(kind: type[Move], author: Seat) -> tuple[Move, ...]:
    """Return a few moves of this kind that between them try every branch a rule could take."""
    if (kind, author) not in _made:
        rules = rules_of(kind)
        text = f"{MARK}{author} {kind.__name__}"
        plain = {name: _values(rule, f"{text} {name}") for name, rule in rules.items() if not rule.count}
        rows = {name: _rows(rule, f"{text} {name}") for name, rule in rules.items() if rule.count}
        # The rows of a move vary together: each with each would be too many to try.
        both = zip(*rows.values(), strict=True) if rows else [()]
        made = product(both, product(*plain.values()))
        _made[kind, author] = tuple(
            kind(**dict(zip(rows, row, strict=True)), **dict(zip(plain, values, strict=True)))
            for row, values in made
        )
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


def _rows(rule: FieldRule, text: str) -> list[tuple[Any, ...]]:  # Any: see _values
    """Return two rows: one of the least there is, and one that goes through everything in between."""
    assert rule.length is not None
    assert rule.count is not None
    least, most = rule.length.least, rule.length.most
    if rule.type is int:
        ramp = cycle(range(most, least - 1, -1))
        return [tuple(islice(ramp, rule.count)), (least,) * rule.count]
    words = [f"{text} {n}"[:most].ljust(least, ".") for n in range(rule.count)]
    return [tuple(words), ("." * least,) * rule.count]


def secrets(move: Move) -> list[str]:
    """The sample texts in a move."""
    return [value for value in words_of(move) if value.startswith(MARK)]


def any_move(kind: type[Move]) -> st.SearchStrategy[Move]:
    """Every move of this kind, for Hypothesis."""
    return st.builds(kind, **{name: _any_value(rule) for name, rule in rules_of(kind).items()})


def _any_value(rule: FieldRule) -> st.SearchStrategy[Any]:  # Any: any value a field can hold
    if rule.count:
        one = _any_value(replace(rule, count=None))
        return st.lists(one, min_size=rule.count, max_size=rule.count).map(tuple)
    if rule.type is bool:
        return st.booleans()
    if issubclass(rule.type, StrEnum):
        return st.sampled_from(list(rule.type))
    assert rule.length is not None
    least, most = rule.length.least, rule.length.most
    if rule.type is int:
        return st.integers(least, most)
    return st.text(min_size=least, max_size=min(most, least + 40))
