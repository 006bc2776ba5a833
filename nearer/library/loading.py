"""Puts a pack into the library, or takes one out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from nearer.content import decks
from nearer.content.deck import NotADeck, read_deck
from nearer.database import writing
from nearer.library.document import Document
from nearer.library.models import Article, Author, Category, Pack, Picture, Version
from nearer.library.pack import Pack as Folder
from nearer.library.pack import PackError, Piece, read_pack
from nearer.library.publishing import show
from nearer.library.queries import next_number

STARTER = Path(__file__).with_name("starter")
State = Article.State


def load(folder: Path, *, on: date) -> bool:
    """Load a pack, or bring a loaded one up to date; comments and bookmarks stay with their articles.

    Args:
        folder: the pack's.
        on: today.

    Returns:
        Whether anything was new.

    Raises:
        PackError: it cannot be used, or one of its articles is somebody else's.
    """
    found = read_pack(folder)
    for text in found.decks:
        _check_deck(text)
    with writing():
        if Pack.objects.filter(pk=found.slug, digest=found.digest).exists():
            return False
        pack, _ = Pack.objects.update_or_create(
            pk=found.slug,
            defaults={
                name: getattr(found, name)
                for name in ("title", "version", "maker", "licence", "language", "digest")
            }
            | {"loaded_on": on},
        )
        _pictures(pack, found)
        _people_and_places(found)
        for piece in found.pieces:
            _article(pack, piece, on)
        Article.objects.filter(pack=pack).exclude(slug__in=[p.slug for p in found.pieces]).delete()
        decks.keep_of_pack(found.slug, found.decks)
    return True


def unload(slug: str) -> bool:
    """Take a pack and its articles out.

    Returns:
        Whether there was one.
    """
    with writing():
        gone, _ = Pack.objects.filter(pk=slug).delete()
        decks.keep_of_pack(slug, ())
    return bool(gone)


def _check_deck(text: str) -> None:
    try:
        decks.check_addition(read_deck(text))
    except NotADeck as problem:
        raise PackError(f"decks: {problem}") from None


def _pictures(pack: Pack, found: Folder) -> None:
    pack.pictures.all().delete()
    Picture.objects.bulk_create(
        Picture(slug=f"{pack.slug}-{name}", pack=pack, drawing=data.decode())
        for name, data in found.pictures.items()
    )


def _people_and_places(found: Folder) -> None:
    for writer in found.writers:
        Author.objects.update_or_create(
            pk=writer.slug,
            defaults={
                "name": writer.name, "role": writer.role, "about": writer.about, "credentials": list(writer.credentials),
            },
        )  # fmt: skip
    for place, category in enumerate(found.categories):
        Category.objects.update_or_create(
            pk=category.slug, defaults={"name": category.name, "about": category.about, "place": place}
        )


def _article(pack: Pack, piece: Piece, on: date) -> None:
    article = Article.objects.filter(slug=piece.slug).first() or Article(slug=piece.slug, pack=pack)
    if article.pack_id != pack.pk:
        raise PackError(f"articles/{piece.slug}.md: an article with this address is here already.")
    signed = piece.signed
    article.category_id, article.author_id = piece.category, signed.author
    article.editor_id, article.reviewer_id = signed.editor or None, signed.reviewer or None
    article.checked_on, article.published_on = signed.checked_on, signed.published_on
    article.save()
    if article.live and Document.read(article.live.document) == piece.document:
        return
    version = Version.objects.create(
        article=article, number=next_number(article), state=State.PUBLISHED, by_id=signed.author, on=on,
        note=f"{pack.title} {pack.version}", document=piece.document.plain(),
    )  # fmt: skip
    show(article, version)
