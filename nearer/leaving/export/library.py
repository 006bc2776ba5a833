"""What somebody wrote in the library: comments under one name, articles under another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from nearer.library import comments
from nearer.library.models import Article, Author, Comment, Version

AT_ONCE = 20

# Any: plain JSON values throughout.
type Plain = dict[str, Any]


def names(user: UUID) -> Plain:
    """Return the public names somebody comments and writes under, with what they say of themselves there."""
    voice, byline = comments.voice_of(user), _byline(user)
    return {
        "comments_as": voice.name if voice else "",
        "writes_as": {
            "name": byline.name, "role": byline.role, "about": byline.about, "credentials": byline.credentials,
        } if byline else None,
    }  # fmt: skip


def said(user: UUID) -> list[Plain]:
    """Return somebody's comments, shown or not, oldest first."""
    found = Comment.objects.filter(voice__account=user).select_related("article").order_by("at")
    return [
        {"article": comment.article.slug, "at": comment.at.isoformat(), "text": comment.text}
        for comment in found
    ]


def articles(user: UUID) -> Iterator[Plain]:
    """Yield every version of an article that somebody made, drafts among them, one at a time.

    Where they edited, checked or published what somebody else had written, only their own note is theirs.
    """
    byline = _byline(user)
    found = Version.objects.filter(by=byline).select_related("article") if byline else Version.objects.none()
    for version in found.order_by("article__slug", "number").iterator(chunk_size=AT_ONCE):
        plain = {
            "article": version.article.slug, "version": version.number, "state": version.state,
            "on": version.on.isoformat(), "note": version.note,
        }  # fmt: skip
        yield plain | ({"document": version.document} if _is_theirs(version) else {})


def _is_theirs(version: Version) -> bool:
    in_a_pack = version.article.pack_id is not None and version.article.author_id == version.by_id
    return version.state == Article.State.DRAFT or in_a_pack


def _byline(user: UUID) -> Author | None:
    return Author.objects.filter(account=user).first()
