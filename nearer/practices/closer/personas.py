"""Who practises Closer with somebody who is alone: `partners.toml` says what each has to tell, and how each receives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from nearer.content.partners import rows_of, tables_in
from nearer.protocol.partner import Persona

type Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Confidant(Persona):
    """Somebody made up who shares and receives.

    Attributes:
        tells: by level, small things of their own; a script has none that would fit every question.
        thank: ways to say thank you.
        heard: ways to say back a `quote`.
        touched: what touched them in a `quote`.
        want: ways to ask whether anything is wanted.
        wishes: what they would like, asked for it.
        safe: what they will keep safe.
    """

    tells: tuple[Words, ...]
    thank: Words
    heard: Words
    touched: Words
    want: Words
    wishes: Words
    safe: Words

    @classmethod
    def read(cls, table: dict[str, Any]) -> Self:  # Any: as TOML has it
        """Return the somebody a table tells of."""
        return cls(**rows_of(table) | {"tells": tuple(tuple(level) for level in table["tells"])})


PERSONAS = tuple(Confidant.read(table) for table in tables_in(Path(__file__)))
