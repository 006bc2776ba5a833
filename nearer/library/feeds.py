"""New articles as an Atom feed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import gettext_lazy as _

from nearer.library.doors import readable
from nearer.library.models import Article
from nearer.library.queries import published
from nearer.vault.keys import host_subkey

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

    # Every address and id is the copy's own, whatever host a request came by.
    def link(self) -> str:
        """Return where the library is."""
        return f"{settings.CONFIG.url}{reverse('library:index')}"

    def feed_url(self) -> str:
        """Return where the feed itself is."""
        return f"{settings.CONFIG.url}{reverse('library:feed')}"

    def feed_guid(self) -> str:
        """Return the feed's id, which outlives its address."""
        return UUID(bytes=host_subkey(settings.HOST_KEY, "feed")[:16], version=4).urn

    def items(self) -> list[Article]:
        """Return the newest articles."""
        return list(published().select_related("live")[:NEWEST])

    def item_title(self, item: Article) -> str:
        """Return an article's title."""
        return item.title

    def item_description(self, item: Article) -> str:
        """Return an article in one sentence."""
        return escape(item.summary)

    def item_link(self, item: Article) -> str:
        """Return its address."""
        return f"{settings.CONFIG.url}{reverse('library:article', args=[item.slug])}"

    def item_guid(self, item: Article) -> str:
        """Return its id, which outlives its address."""
        return item.pk.urn

    def item_author_name(self, item: Article) -> str:
        """Return who wrote it."""
        return item.author.name

    def item_categories(self, item: Article) -> list[str]:
        """Return where it stands."""
        return [item.category.name]

    def item_pubdate(self, item: Article) -> datetime | None:
        """Return the day it came out."""
        return datetime.combine(item.published_on, time(), UTC) if item.published_on else None

    def item_updateddate(self, item: Article) -> datetime | None:
        """Return the day of the words that people read now."""
        return datetime.combine(item.live.on, time(), UTC) if item.live else self.item_pubdate(item)


@readable()
def feed(request: HttpRequest) -> HttpResponse:
    """Answer with the feed; a reader that has it already is told so, without it."""
    answer = NewArticles()(request)
    etag = f'"{sha256(answer.content).hexdigest()[:32]}"'
    answer.headers["ETag"] = etag
    changed = _changed_before(answer.headers["Last-Modified"], timezone.now())
    del answer.headers["Last-Modified"]
    if changed:
        answer.headers["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, etag=etag, last_modified=changed, response=answer) or answer


def _changed_before(newest: str, at: datetime) -> int | None:
    """Return the end of the day on which something last changed; nothing while it lasts: more may change on it."""
    day = parse_http_date_safe(newest)
    end = None if day is None else day + int(timedelta(days=1).total_seconds())
    return end if end is not None and end <= at.timestamp() else None
