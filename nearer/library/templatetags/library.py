"""What the library's pages draw with: `{% load library %}`."""

from __future__ import annotations

import re
from uuid import UUID

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from nearer.library import doors
from nearer.library.forms import ReplyForm
from nearer.library.models import Article, Category, Comment
from nearer.library.text import clean

# A link from one article to another.
LINK = re.compile(r'="/library/([a-z0-9-]+)')

register = template.Library()


@register.simple_tag(takes_context=True)
def article(context: Context, html: str) -> SafeString:
    """Show the text of a section. It is cut down to what an article needs once more, here, at the very end."""
    text = clean(html)
    if (named := LINK.findall(text)) and doors.is_known(context["request"]):
        ids = dict(Article.objects.filter(slug__in=named).values_list("slug", "pk"))
        text = LINK.sub(lambda link: f'="/library/{ids.get(link[1], link[1])}', text)
    return mark_safe(text)  # noqa: S308


@register.simple_tag
def library_is_public() -> bool:
    """Say whether people without an account may read the library."""
    return doors.is_open()


@register.simple_tag(takes_context=True)
def address_of(context: Context, thing: Article | Category) -> str:
    """Return where an article or a category is read by whoever asks: `{% address_of article %}`."""
    return doors.address_of(thing, context["request"])


@register.simple_tag
def whole_address(article: Article) -> str:
    """Return an article's public address."""
    return f"{settings.CONFIG.url}{reverse('library:article', args=[article.slug])}"


@register.simple_tag
def reply_form(comment: Comment, answered: UUID | str, filled: ReplyForm | str) -> ReplyForm:
    """Return the form to answer a comment: as it was filled in if it was refused, else an empty one."""
    if filled and answered == comment.pk and isinstance(filled, ReplyForm):
        return filled
    return ReplyForm(prefix=str(comment.pk))
