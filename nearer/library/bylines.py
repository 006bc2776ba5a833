"""What becomes of somebody's name and words in the library when their account goes.

What nobody but the desk has read is erased. What was published is public, and stays without their name. A check
stands for a person, so it goes with the name that gave it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from nearer.library.models import Article, Author, Version

# No byline gets an underscore in its address, so this one is nobody's.
NOBODY = "former_author"


def forget(*, user_id: UUID, **_sent: Any) -> None:
    """Erase somebody's byline and what they wrote unpublished, inside the transaction that erases their account.

    The name of somebody whom a pack names is the pack's, and goes with the pack.

    Args:
        user_id: whose.
    """
    author = Author.objects.filter(account=user_id).first()
    if author is None:
        return
    own = Article.objects.filter(author=author, pack=None)
    own.filter(live=None).delete()
    if own.exists():
        _keep_what_is_read(author)
    Article.objects.filter(editor=author, pack=None).update(editor=None)
    Article.objects.filter(reviewer=author, pack=None).update(reviewer=None, checked_on=None)
    Version.objects.filter(by=author, article__pack=None).update(by=None, note="")
    if not Article.objects.filter(Q(author=author) | Q(editor=author) | Q(reviewer=author)).exists():
        author.delete()


def _keep_what_is_read(author: Author) -> None:
    """Leave of somebody's articles the one version that people read, under a name that is nobody's."""
    nobody, _made = Author.objects.get_or_create(pk=NOBODY, defaults={"name": _("A former author")})
    for article in Article.objects.filter(author=author, pack=None):
        Version.objects.filter(article=article).exclude(pk=article.live_id or 0).delete()
        article.author, article.state = nobody, Article.State.PUBLISHED
        article.save(update_fields=["author", "state"])
