"""What people read of an article: one of its versions, and what lists and the search know of it."""

from __future__ import annotations

import unicodedata

from nearer.content import reading
from nearer.library.document import Document
from nearer.library.models import Article, Version
from nearer.library.text import sections


def show(article: Article, version: Version) -> None:
    """Let a version be the one that people read."""
    document = Document.read(version.document)
    text = _text(document)
    article.live, article.state = version, Article.State.PUBLISHED
    article.title, article.summary = document.title, document.summary
    article.minutes, article.words = reading.minutes(text), folded(text)
    article.save()


def folded(text: str) -> str:
    """Return text as the search compares it: without capitals and accents, with single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(bare.split())


def _text(document: Document) -> str:
    parts = [document.title, document.summary, *document.short]
    for section in sections(document.body):
        parts += [section.title, section.plain]
    return "\n\n".join(parts)
