"""New articles as an Atom feed."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from nearer.library.doors import readable
from nearer.library.models import Article
from nearer.library.queries import published

NEWEST = 20


if TYPE_CHECKING:
    ArticleFeed = Feed[Article, Any]
else:
    ArticleFeed = Feed


class NewArticles(ArticleFeed):
    """The newest articles."""

    feed_type = Atom1Feed
    title = _("Nearer: the library")
    subtitle = _("Short articles about being close, each with something to do.")

    def link(self) -> str:
        """Return where the library is."""
        return reverse("library:index")

    def items(self) -> list[Article]:
        """Return the newest articles."""
        return list(published()[:NEWEST])

    def item_title(self, item: Article) -> str:
        """Return an article's title."""
        return item.title

    def item_description(self, item: Article) -> str:
        """Return an article in one sentence."""
        return item.summary

    def item_link(self, item: Article) -> str:
        """Return its address."""
        return f"{settings.CONFIG.url}{reverse('library:article', args=[item.slug])}"

    def item_author_name(self, item: Article) -> str:
        """Return who wrote it."""
        return item.author.name

    def item_categories(self, item: Article) -> list[str]:
        """Return where it stands."""
        return [item.category.name]

    def item_pubdate(self, item: Article) -> datetime | None:
        """Return the day it came out."""
        return datetime.combine(item.published_on, time(), UTC) if item.published_on else None


@readable
def feed(request: HttpRequest) -> HttpResponse:
    """Answer with the feed."""
    return NewArticles()(request)
