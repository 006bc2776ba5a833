"""Who practises Our Time with somebody who is alone: `partners.toml` says what each enjoys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from nearer.content.partners import rows_of, tables_in
from nearer.protocol.partner import Persona

type Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Guest(Persona):
    """Somebody made up who would like to spend time.

    Attributes:
        likes: words that make an idea one for them, as they stand in it.
        cues: moments that come anyway, as in "when …".
        moments: best moments, as they tell them.
    """

    likes: Words
    cues: Words
    moments: Words

    @classmethod
    def read(cls, table: dict[str, Any]) -> Self:  # Any: as TOML has it
        """Return the somebody a table tells of."""
        return cls(**rows_of(table))


PERSONAS = tuple(Guest.read(table) for table in tables_in(Path(__file__)))
