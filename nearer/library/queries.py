"""What is asked of the library."""

from __future__ import annotations

from django.db.models import Count, Max, Q, QuerySet

from nearer.library.models import Article, Comment
from nearer.library.publishing import folded

TERMS_MOST, FOUND_MOST, QUERY_MOST = 8, 50, 100


def published() -> QuerySet[Article]:
    """Return every article that people can read, newest first, with who and where and how many comments."""
    shown = Q(comments__state=Comment.State.SHOWN)
    return (
        Article.objects.filter(live__isnull=False)
        .select_related("author", "category")
        .defer("words")
        .annotate(said=Count("comments", filter=shown))
        .order_by("-published_on", "title")
    )


def search(query: str) -> list[Article]:
    """Return the articles in which every word of a query occurs, those with it in the title first.

    Words are compared without capitals and accents, also as parts of longer words; the same on every database.
    """
    terms = folded(query[:QUERY_MOST]).split()[:TERMS_MOST]
    if not terms:
        return []
    everywhere = Q()
    for term in terms:
        everywhere &= Q(words__contains=term)
    found = list(published().filter(everywhere)[: FOUND_MOST * 2])
    return sorted(found, key=lambda article: _distance(article, terms))[:FOUND_MOST]


def next_number(article: Article) -> int:
    """Return the number of an article's next version."""
    last: int | None = article.versions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _distance(article: Article, terms: list[str]) -> tuple[int, int]:
    title, summary = folded(article.title), folded(article.summary)
    return (sum(term not in title for term in terms), sum(term not in summary for term in terms))
