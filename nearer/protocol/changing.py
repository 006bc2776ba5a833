"""Another position with other values in some fields. PURE."""

from __future__ import annotations

from typing import Any


def changed[D](was: D, **changes: Any) -> D:  # Any: fields of the position
    """Return a frozen dataclass with other values in some of its fields.

    It does what `dataclasses.replace` does, four times as quick, for classes that check nothing as they are made: a log is
    replayed on each page, and each move of it makes several positions.

    Raises:
        TypeError: it has no such field.
    """
    if not changes.keys() <= was.__dict__.keys():
        raise TypeError(f"{type(was).__name__} has no {', '.join(changes.keys() - was.__dict__.keys())}")
    now = object.__new__(type(was))
    now.__dict__.update(was.__dict__, **changes)
    return now
