"""Bookmarks: one sealed list a person. What somebody reads about is nobody else's to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nearer.library.models import Article
from nearer.library.queries import published
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.vault.ring import Ring

MOST = 500


class TooManyBookmarks(Exception):
    """The list is full."""


@dataclass(frozen=True, kw_only=True)
class Marks:
    """The slugs of the articles somebody marked, the newest first."""

    slugs: list[str]


BOOKMARKS = keeping.Kind(name="bookmarks", shape=Marks)


def marked(user_id: UUID, *, ring: Ring) -> list[str]:
    """Return the slugs a person has marked, the newest first.

    Raises:
        VaultError: the ring does not open the list.
    """
    kept = _kept(Shelf.at_hand(user_id, ring))
    return kept.document.slugs if kept else []


def articles_of(user_id: UUID, *, ring: Ring) -> list[Article]:
    """Return the articles a person has marked that are still there, the newest mark first."""
    slugs = marked(user_id, ring=ring)
    found = {article.slug: article for article in published().filter(slug__in=slugs)}
    return [found[slug] for slug in slugs if slug in found]


def put(user_id: UUID, slug: str, *, on: bool, ring: Ring, at: datetime) -> None:
    """Mark an article, or take its mark away; twice is once.

    Raises:
        TooManyBookmarks: there is no room for another.
    """
    shelf = Shelf.at_hand(user_id, ring)
    with keeping.changing(shelf):
        before = _kept(shelf)
        others = [each for each in before.document.slugs if each != slug] if before else []
        if on and len(others) >= MOST:
            raise TooManyBookmarks
        marks = Marks(slugs=[slug, *others] if on else others)
        if before:
            keeping.replace(shelf, BOOKMARKS, before.ref, marks, at=at)
        elif on:
            keeping.put(shelf, BOOKMARKS, marks, at=at)


def _kept(shelf: Shelf) -> keeping.Kept[Marks] | None:
    return next(iter(keeping.find(shelf, BOOKMARKS)), None)
