"""The book of us: what the two keep, as pages. Pure: it turns, searches and looks back on what has been opened.

What both left after one time together stands on one page; whatever was kept alone is a page of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nearer.keepsakes.items import Item

NEAR = timedelta(days=3)  # of the day itself, for what was a year ago


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page.

    Attributes:
        items: what stands on it, oldest first; at least one thing.
    """

    items: tuple[Item, ...]

    @property
    def ref(self) -> str:
        """What is said of something that is to stand on it as well."""
        return self.items[0].what.leaf or str(self.items[0].ref)

    @property
    def day(self) -> date:
        """When it was begun, where the reader lives."""
        return self.items[0].day

    @property
    def is_bare(self) -> bool:
        """Whether all that stood on it was taken back."""
        return all(item.is_gone for item in self.items)


@dataclass(frozen=True, kw_only=True)
class Ago:
    """A page from the same days of another year.

    Attributes:
        page: it.
        years: how many years ago.
    """

    page: Page
    years: int


def pages_of(items: Iterable[Item]) -> list[Page]:
    """Return the pages that some things stand on, the newest first; a page stays where it was begun."""
    together: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: (item.came, item.ref)):
        together.setdefault(item.what.leaf or str(item.ref), []).append(item)
    return [Page(items=tuple(found)) for found in reversed(together.values())]


def found_in(pages: Iterable[Page], words: str) -> list[Page]:
    """Return the pages on which all of some words stand, however they are written."""
    wanted = [plain for word in words.split() if (plain := _plain(word))]
    return [page for page in pages if wanted and all(word in _text(page) for word in wanted)]


def ago(pages: Iterable[Page], today: date) -> Ago | None:
    """Return a page of these days in another year: of the latest year there is one, and the nearest day of it."""
    found = [
        (years, abs(today - _in_year(page.day, year)), page)
        for page in pages
        for year in (
            today.year - 1,
            today.year,
            today.year + 1,
        )  # the turn of a year lies between near days, too
        if not page.is_bare and (years := year - page.day.year) > 0
    ]
    near = [each for each in found if each[1] <= NEAR]
    if not near:
        return None
    years, _, page = min(near, key=lambda each: each[:2])
    return Ago(page=page, years=years)


def years_of(pages: Sequence[Page], a_leaf: int) -> list[tuple[int, int]]:
    """Return the years of a book, the newest first, each with the number of the leaf it begins on.

    Args:
        pages: all of them, newest first.
        a_leaf: how many pages are shown at once.
    """
    first: dict[int, int] = {}
    for number, page in enumerate(pages):
        first.setdefault(page.day.year, number // a_leaf + 1)
    return list(first.items())


def _text(page: Page) -> str:
    return _plain(" ".join(f"{item.what.words} {item.what.alt}" for item in page.items if not item.is_gone))


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # the 29th of February
        return day.replace(year=year, day=28)
