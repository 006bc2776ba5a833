"""Who practises One Thing with somebody who is alone: `partners.toml` says what each has to say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from nearer.content.partners import rows_of, tables_in
from nearer.protocol.partner import Persona

type Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Other(Persona):
    """Somebody made up who has a side of their own.

    Attributes:
        topics: one thing each, to open with.
        begins: soft sentences.
        says: their side, small and unhurried.
        missing: what to add when it did not quite arrive.
        heard: ways to say back a `quote`.
        sense: ways to show that a feeling makes sense.
        wants: how it may be for the other: what they want.
        whys: why it matters to them.
        fears: what they may fear.
        sees: what makes sense in it.
        unders: what it touches.
        kinder: what they can do about a difference.
        cores: what they cannot give up.
        bends: where they can bend.
        ideas: ways.
        notes: what they end with.
    """

    topics: Words
    begins: Words
    says: Words
    missing: Words
    heard: Words
    sense: Words
    wants: Words
    whys: Words
    fears: Words
    sees: Words
    unders: Words
    kinder: Words
    cores: Words
    bends: Words
    ideas: Words
    notes: Words

    @classmethod
    def read(cls, table: dict[str, Any]) -> Self:  # Any: as TOML has it
        """Return the somebody a table tells of."""
        return cls(**rows_of(table))


PERSONAS = tuple(Other.read(table) for table in tables_in(Path(__file__)))
