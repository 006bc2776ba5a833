"""Who practises on the Floor with somebody who is alone: `partners.toml` says how each listens, and what each has to tell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from nearer.content.partners import rows_of, tables_in
from nearer.practices.listening.moves import Glad
from nearer.protocol.partner import Persona

type Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Story:
    """Something small and ordinary, or good news.

    Attributes:
        topic: what it is about.
        says: what is told of it, turn by turn.
        missing: what to add when the listener did not quite get it.
        note: what telling it made clearer.
    """

    topic: str
    says: Words
    missing: Words
    note: str


@dataclass(frozen=True, kw_only=True)
class Speaker(Persona):
    """Somebody made up who can speak and listen.

    Attributes:
        stories: everyday ones.
        news: good ones.
        heard: ways to say back a `quote`.
        sense: ways to show that it makes sense.
        asks: open questions.
        glad: what to say in each way of being glad.
    """

    stories: tuple[Story, ...]
    news: tuple[Story, ...]
    heard: Words
    sense: Words
    asks: Words
    glad: dict[Glad, Words]

    @classmethod
    def read(cls, table: dict[str, Any]) -> Self:  # Any: as TOML has it
        """Return the speaker a table tells of."""
        told = {kind: tuple(Story(**rows_of(each)) for each in table[kind]) for kind in ("stories", "news")}
        glad = {Glad(way): tuple(words) for way, words in table["glad"].items()}
        return cls(**rows_of(table) | told | {"glad": glad})


PERSONAS = tuple(Speaker.read(table) for table in tables_in(Path(__file__)))
