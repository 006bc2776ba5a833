"""A small library for tests: one article that people read, and somebody's draft."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from nearer.library import desk
from nearer.library.document import Document
from nearer.library.models import Article, Author, Category, Pack, Picture, Role, Version
from nearer.library.publishing import show
from nearer.testing.cast import Person

DAY = datetime(2026, 11, 25, 12, tzinfo=UTC).date()
BODY = "Before the first heading.\n\n## One\n\nSome *words* about it.\n\n## Two\n\n- a\n- b\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>'


def make_document(**parts: Any) -> Document:
    """Return an article's words; `parts` take the place of what stands here."""
    return Document.read({"title": "On listening", "summary": "How to listen.", "body": BODY, **parts})


def make_article(slug: str = "on-listening", *, category: str = "", **parts: Any) -> Article:
    """Publish an article of a pack; its category, author and picture are called like it."""
    pack, _ = Pack.objects.get_or_create(
        pk=slug, defaults={"title": "A pack", "version": "1", "maker": "us", "licence": "none", "language": "en", "digest": slug,
                           "loaded_on": DAY},
    )  # fmt: skip
    Picture.objects.get_or_create(pk=slug, defaults={"pack": pack, "drawing": DRAWING})
    place, _ = Category.objects.get_or_create(
        pk=category or slug, defaults={"name": f"About {category or slug}"}
    )
    author, _ = Author.objects.get_or_create(pk=slug, defaults={"name": f"Writer of {slug}"})
    article = Article.objects.create(slug=slug, category=place, pack=pack, author=author, published_on=DAY)
    version = Version.objects.create(
        article=article,
        number=1,
        state="published",
        by=author,
        on=DAY,
        document=make_document(**parts).plain(),
    )
    show(article, version)
    return article


def give(person: Person, *kinds: str, name: str = "") -> desk.Hand:
    """Give somebody roles in the library, and a name to work under unless they only moderate."""
    for kind in kinds:
        Role.objects.get_or_create(account=person.user, kind=kind)
    if set(kinds) - {Role.Kind.MODERATOR}:
        called = name or f"{person.name} Byline"
        Author.objects.get_or_create(
            account=person.user, defaults={"slug": called.lower().replace(" ", "-"), "name": called}
        )
    return desk.hand_of(person.user.pk)


def make_draft(person: Person, slug: str = "a-draft", **parts: Any) -> Article:
    """Let somebody who is made an author begin an article."""
    hand = give(person, Role.Kind.AUTHOR)
    place, _ = Category.objects.get_or_create(pk="drafts", defaults={"name": "Drafts"})
    return desk.begin(hand, slug=slug, category=place, document=make_document(**parts), on=DAY)
