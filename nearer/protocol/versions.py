"""Old words stay readable: a move that was stored under older rules is carried over, one step a version.

A room that changes what a stored move looks like adds a step to its `steps`; by that its version goes up. A step
takes one stored move as the version before wrote it, and returns it as the next one reads it: the same move of the
same seat, so that a log keeps its length and every text its place. What was stored is never written again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from nearer.protocol.moves import FieldRule, Move, UnreadableMove, rules_of

type Stored = Mapping[str, Any]  # Any: plain JSON values, and texts as `Words`
type Step = Callable[[Stored], Stored]


def version_of(steps: tuple[Step, ...]) -> int:
    """Return the version that rules with these steps write: the first is 1, and each step leads to the next."""
    return len(steps) + 1


def carried(stored: Stored, *, since: int, steps: tuple[Step, ...]) -> Stored:
    """Return a stored move as the present rules read it.

    Args:
        stored: as `encode` wrote it then.
        since: the version it was written under.
        steps: of the room's rules, oldest first.

    Raises:
        UnreadableMove: it was written under rules that are newer than these, or under none.
    """
    if not 1 <= since <= version_of(steps):
        raise UnreadableMove("written under rules that are not known here")
    for step in steps[since - 1 :]:
        stored = step(stored)
    return stored


def shape_of(kinds: Iterable[type[Move]]) -> dict[str, dict[str, str]]:
    """Return what kinds of moves look like when they are stored: each field with its type and bounds."""
    found = {kind.__name__: rules_of(kind) for kind in kinds}
    return {
        kind: {name: _shape(rule) for name, rule in sorted(rules.items())}
        for kind, rules in sorted(found.items())
    }


def _shape(rule: FieldRule) -> str:
    if issubclass(rule.type, StrEnum):
        what = " | ".join(sorted(rule.type))
    else:
        bounds = rule.length
        what = rule.type.__name__ + (f" {bounds.least}..{bounds.most}" if bounds else "")
    return f"{what} × {rule.count}" if rule.count else what
