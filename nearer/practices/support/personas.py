"""Who practises With You with somebody who is alone: `partners.toml` says what each has to tell, and how each is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from nearer.content.partners import rows_of, tables_in
from nearer.parts.moves import Glad
from nearer.protocol.partner import Persona

type Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Companion(Persona):
    """Somebody made up who asks for something, and is there for others.

    Attributes:
        tells: a hard day of theirs, bit by bit.
        news: something good, bit by bit.
        missing: what to add when the other was not quite glad with them.
        heard: ways to say back a `quote`.
        sense: ways to say that the feeling makes sense.
        asks: open questions.
        thank: ways to say thank you for telling me.
        ideas: ideas, as questions.
        glad: what to say in each way of being glad.
    """

    tells: Words
    news: Words
    missing: Words
    heard: Words
    sense: Words
    asks: Words
    thank: Words
    ideas: Words
    glad: dict[Glad, Words]

    @classmethod
    def read(cls, table: dict[str, Any]) -> Self:  # Any: as TOML has it
        """Return the somebody a table tells of."""
        glad = {Glad(way): tuple(words) for way, words in table["glad"].items()}
        return cls(**rows_of(table) | {"glad": glad})


PERSONAS = tuple(Companion.read(table) for table in tables_in(Path(__file__)))
