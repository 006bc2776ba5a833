"""The helplines of the public help page, read from helplines.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("helplines.toml")
GOOD_FOR = timedelta(days=365)
OWN = "own"
WHO = ("anyone", "women", "men", "lgbtq", OWN)


@dataclass(frozen=True, kw_only=True)
class Helpline:
    """One line that answers, who it is for, and where and when its number was confirmed."""

    country: str
    name: str
    number: str
    hours: str
    who: str
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
        return self.source.partition("://")[2].removeprefix("www.").split("/")[0]

    def is_fresh(self, today: date) -> bool:
        """Whether the number was confirmed within the twelve months before `today`."""
        return today - self.verified_on <= GOOD_FOR


@dataclass(frozen=True, kw_only=True)
class Country:
    """Where somebody may be: its name, its emergency number, and the lines that answer there."""

    name: str
    emergency: str
    lines: tuple[Helpline, ...]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    with SOURCE.open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def helplines() -> tuple[Helpline, ...]:
    """Return every helpline in the order of the file.

    Raises TypeError when an entry lacks a field or has one that nobody knows.
    """
    return tuple(Helpline(**entry) for entry in _data()["helpline"])


@lru_cache(maxsize=1)
def by_country() -> tuple[Country, ...]:
    """Return the countries in the order of the file.

    Raises KeyError when a country has no emergency number.
    """
    grouped = groupby(helplines(), key=lambda line: line.country)
    numbers = _data()["emergency"]
    return tuple(Country(name=name, emergency=numbers[name], lines=tuple(each)) for name, each in grouped)


@lru_cache(maxsize=1)
def own_behaviour() -> tuple[Helpline, ...]:
    """Return the lines for people who worry about how they treat somebody."""
    return tuple(line for line in helplines() if line.who == OWN)
