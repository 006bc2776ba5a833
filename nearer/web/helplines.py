"""The helplines of the public help page, read from helplines.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

SOURCE = Path(__file__).with_name("helplines.toml")
GOOD_FOR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Helpline:
    """One line that answers, who it is for, and where and when its number was confirmed."""

    country: str
    name: str
    number: str
    hours: str
    for_whom: str
    source: str
    verified_on: date
    tty: str = ""
    text: str = ""
    note: str = ""

    @property
    def dial(self) -> str:
        """The number as a phone dials it: digits only."""
        return "".join(c for c in self.number if c.isdigit())

    @property
    def source_name(self) -> str:
        """The host the number was confirmed on, for showing."""
        return self.source.removeprefix("https://").removeprefix("www.").split("/")[0]

    def is_fresh(self, today: date) -> bool:
        """Whether the number was confirmed within the twelve months before `today`."""
        return today - self.verified_on <= GOOD_FOR


@lru_cache(maxsize=1)
def helplines() -> tuple[Helpline, ...]:
    """Return every helpline in the order of the file.

    Raises TypeError when an entry lacks a field or has one that nobody knows.
    """
    with SOURCE.open("rb") as file:
        entries = tomllib.load(file)["helpline"]
    return tuple(Helpline(**entry) for entry in entries)
