"""Writing, editing, reviewing and publishing in the browser. Each step adds a version; none takes one away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q, QuerySet

from nearer.database import writing
from nearer.library.document import Document
from nearer.library.models import Article, Author, Category, Role, Version
from nearer.library.publishing import show
from nearer.library.queries import next_number
from nearer.library.stages import AFTER, NotNow, Step, steps


class AddressInUse(Exception):
    """Another article has this address."""


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Somebody at the desk.

    Attributes:
        roles: what they are.
        byline: the public name they work under; None until they have one.
    """

    roles: frozenset[str]
    byline: Author | None


def hand_of(user_id: UUID) -> Hand:
    """Return what somebody is at the desk; with no roles they have nothing to do there."""
    roles = frozenset(Role.objects.filter(account=user_id).values_list("kind", flat=True))
    return Hand(roles=roles, byline=Author.objects.filter(account=user_id).first())


def may(hand: Hand, article: Article) -> frozenset[Step]:
    """Return what somebody may do with an article now; what came with a pack is changed there."""
    if article.pack_id or hand.byline is None:
        return frozenset()
    return steps(
        state=article.state,
        roles=hand.roles,
        wrote=article.author_id == hand.byline.pk,
        is_read=article.live_id is not None,
    )


def on_the_desk(hand: Hand) -> QuerySet[Article]:
    """Return the articles somebody has to do with, those furthest from their readers first."""
    theirs = Q() if hand.roles & {Role.Kind.EDITOR, Role.Kind.REVIEWER} else Q(author=hand.byline)
    return (
        Article.objects.filter(theirs, pack=None)
        .select_related("author", "category")
        .order_by("state", "slug")
    )


def begin(hand: Hand, *, slug: str, category: Category, document: Document, on: date) -> Article:
    """Begin an article with its first draft; the same one sent twice is one.

    Raises:
        NotNow: they are no author.
        AddressInUse: another article has the address.
    """
    if Role.Kind.AUTHOR not in hand.roles or hand.byline is None:
        raise NotNow
    try:
        with writing():
            article = Article.objects.create(
                slug=slug,
                category=category,
                author=hand.byline,
                title=document.title,
                summary=document.summary,
            )
            _add(article, hand.byline, Step.WRITE, document=document, on=on)
    except IntegrityError as taken:
        there = Article.objects.filter(slug=slug, author=hand.byline, pack=None).first()
        if there is None or not _is_saved(there, hand, document, after=0):
            raise AddressInUse from taken
        return there
    return article


def write(hand: Hand, ref: UUID, *, category: Category, document: Document, seen: int, on: date) -> Article:
    """Save another version; it is a draft again, and whatever check there was is over. The same one sent twice is one.

    Args:
        hand: who writes.
        ref: which article.
        category: where it stands.
        document: its words.
        seen: the number of the version they began from.
        on: today.

    Raises:
        NotNow: they may not, or somebody saved another version meanwhile.
    """
    with writing():
        article = _held(hand, ref, Step.WRITE)
        if _is_saved(article, hand, document, after=seen):
            return article
        if newest(article).number != seen:
            raise NotNow
        article.category = category
        if article.live_id is None:
            article.title, article.summary = document.title, document.summary
        _add(article, hand.byline, Step.WRITE, document=document, on=on)
    return article


def take(hand: Hand, ref: UUID, step: Step, *, note: str = "", on: date) -> Article:
    """Mark an article as edited or reviewed, publish its newest version, or take it from its readers.

    Raises:
        NotNow: they may not take this step now.
    """
    with writing():
        article = _held(hand, ref, step)
        if step is Step.WITHDRAW:
            article.live = None
            article.save()
            return article
        version = _add(
            article, hand.byline, step, document=Document.read(newest(article).document), on=on, note=note
        )
        if step is Step.PUBLISH:
            _sign(article)
            article.published_on = article.published_on or on
            show(article, version)
    return article


def newest(article: Article) -> Version:
    """Return an article's newest version."""
    return article.versions.latest("number")


def _is_saved(article: Article, hand: Hand, document: Document, *, after: int) -> bool:
    """Whether somebody's own words came already, from the page that showed the version before."""
    last = newest(article)
    mine = last.number == after + 1 and last.state == Article.State.DRAFT and last.by == hand.byline
    return mine and Document.read(last.document) == document


def _held(hand: Hand, ref: UUID, step: Step) -> Article:
    article = Article.objects.select_for_update(of=("self",)).filter(pk=ref).first()
    if article is None or step not in may(hand, article):
        raise NotNow
    return article


def _add(
    article: Article, by: Author | None, step: Step, *, document: Document, on: date, note: str = ""
) -> Version:
    article.state = Article.State(AFTER[step])
    article.save()
    return Version.objects.create(
        article=article, number=next_number(article), state=article.state, by=by, on=on, note=note,
        document=document.plain(),
    )  # fmt: skip


def _sign(article: Article) -> None:
    """Name who edited and who checked the words that now come out: the last to do so since the last draft."""
    edited = _last(article.versions.order_by("-number"), Article.State.EDITED)
    reviewed = _last(article.versions.order_by("-number"), Article.State.REVIEWED)
    article.editor = edited.by if edited else None
    article.reviewer = reviewed.by if reviewed else None
    article.checked_on = reviewed.on if reviewed and reviewed.by else None


def _last(versions: Iterable[Version], state: Article.State) -> Version | None:
    for version in versions:
        if version.state == state:
            return version
        if version.state == Article.State.DRAFT:
            return None
    return None
