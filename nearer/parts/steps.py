"""The table of steps: who may do what, and where a way of sitting together differs. Written as data, read here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nearer.protocol import Mode, Move

type Kinds = frozenset[type[Move]]
type Few = tuple[type[Move], ...]


@dataclass(frozen=True, kw_only=True)
class Step:
    """Who may do what in one step.

    Attributes:
        holder: what whoever holds it may do: the turn, the need, the letter.
        other: what the one across from them may do.
        either: what both may do.
        letters: the step as it is in letters, where that differs.
        one_phone: the step as it is on one phone, where that differs.
    """

    holder: Few = ()
    other: Few = ()
    either: Few = ()
    letters: Step | None = None
    one_phone: Step | None = None

    def held(self, mode: Mode) -> Step:
        """Return the step as it is in one way of sitting together."""
        differs = {Mode.ASYNC: self.letters, Mode.ONE: self.one_phone}.get(mode)
        return self if differs is None else differs


type Steps = Mapping[str, Step]


def open_in(step: Step, mode: Mode, *, holds: bool) -> Kinds:
    """Return the kinds of move a seat may play in a step.

    Args:
        step: one row of a table.
        mode: how they sit.
        holds: whether it is this seat that holds it.
    """
    here = step.held(mode)
    return frozenset(here.either + (here.holder if holds else here.other))


def kinds_in(*tables: Steps) -> Kinds:
    """Return every kind of move that stands anywhere in these tables."""
    rows = [
        row for table in tables for step in table.values() for row in (step, step.letters, step.one_phone)
    ]
    return frozenset(kind for row in rows if row for kind in (*row.holder, *row.other, *row.either))
