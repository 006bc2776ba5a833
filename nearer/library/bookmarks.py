"""Bookmarks: one sealed list a person. What somebody reads about is nobody else's to know."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from nearer.database import writing
from nearer.library.models import Article, Bookmarks
from nearer.library.queries import published
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.ring import Ring

KIND, SCHEMA, MOST = "bookmarks", 1, 500


class TooManyBookmarks(Exception):
    """The list is full."""


def marked(user_id: UUID, *, ring: Ring) -> list[str]:
    """Return the slugs a person has marked, the newest first.

    Raises:
        VaultError: the ring does not open the list.
    """
    row = Bookmarks.objects.filter(pk=user_id).first()
    if row is None:
        return []
    slugs: list[str] = open_record(ring.profile, bytes(row.sealed), **_about(user_id))["slugs"]
    return slugs


def articles_of(user_id: UUID, *, ring: Ring) -> list[Article]:
    """Return the articles a person has marked that are still there, the newest mark first."""
    slugs = marked(user_id, ring=ring)
    found = {article.slug: article for article in published().filter(slug__in=slugs)}
    return [found[slug] for slug in slugs if slug in found]


def put(user_id: UUID, slug: str, *, on: bool, ring: Ring) -> None:
    """Mark an article, or take its mark away; twice is once.

    Raises:
        TooManyBookmarks: there is no room for another.
    """
    with writing():
        Bookmarks.objects.select_for_update().filter(pk=user_id).first()
        kept = [each for each in marked(user_id, ring=ring) if each != slug]
        if on and len(kept) >= MOST:
            raise TooManyBookmarks
        keep(user_id, [slug, *kept] if on else kept, ring=ring)


def keep(user_id: UUID, slugs: list[str], *, ring: Ring) -> None:
    """Seal and store a person's list in the place of the one before."""
    sealed = seal(ring.profile, key_version=1, document={"slugs": slugs}, **_about(user_id))
    Bookmarks.objects.update_or_create(pk=user_id, defaults={"sealed": sealed})


def _about(user_id: UUID) -> dict[str, Any]:
    return {
        "scope": Scope.USER, "scope_id": user_id, "kind": KIND, "row": user_id, "author": user_id, "schema": SCHEMA,
    }  # fmt: skip
