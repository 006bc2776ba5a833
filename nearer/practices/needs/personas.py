"""Who practises in the Needs Mirror with somebody who is alone: `partners.toml` says what each needs, and how each asks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from nearer.content.partners import rows_of, tables_in
from nearer.protocol.partner import Persona

type Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Need:
    """A need a persona can talk about.

    Attributes:
        card: which.
        tells: what it is like, the second for when the first did not get across.
        wants: one small thing.
    """

    card: int
    tells: Words
    wants: str


@dataclass(frozen=True, kw_only=True)
class Someone(Persona):
    """Somebody made up who needs something.

    Attributes:
        most: cards that matter most to them.
        needs: those they talk about.
        heard: ways to say back a `quote`.
        saw: signs they ask about.
    """

    most: tuple[int, ...]
    needs: tuple[Need, ...]
    heard: Words
    saw: Words

    @classmethod
    def read(cls, table: dict[str, Any]) -> Self:  # Any: as TOML has it
        """Return the somebody a table tells of."""
        return cls(**rows_of(table) | {"needs": tuple(Need(**rows_of(each)) for each in table["needs"])})


PERSONAS = tuple(Someone.read(table) for table in tables_in(Path(__file__)))
