"""What the library's pages draw with: `{% load library %}`."""

from __future__ import annotations

from uuid import UUID

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from nearer.library.doors import is_open
from nearer.library.forms import ReplyForm
from nearer.library.models import Article, Comment
from nearer.library.text import clean

register = template.Library()


@register.filter(is_safe=True)
def article(html: str) -> SafeString:
    """Show the text of a section. It is cut down to what an article needs once more, here, at the very end."""
    return mark_safe(clean(html))  # noqa: S308


@register.simple_tag
def library_is_public() -> bool:
    """Say whether people without an account may read the library."""
    return is_open()


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
