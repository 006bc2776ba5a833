"""Comments: under a name that has nothing to do with any bond, looked at first where the writer is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Count, QuerySet

from nearer.database import writing
from nearer.library.models import Article, Comment, Report, Voice
from nearer.library.publishing import folded

State = Comment.State
AN_HOUR, A_DAY = (timedelta(hours=1), 5), (timedelta(days=1), 20)
KNOWN_AFTER = 2
"""So many comments of a voice were shown before its next ones need no look."""
REPORTS_HIDE = 3
"""So many people's reports send a shown comment back to be looked at."""


class NameInUse(Exception):
    """Somebody else comments under this name."""


class TooManyComments(Exception):
    """Enough for now."""


class NothingThere(LookupError):
    """There is no such comment to answer, report or take away."""


@dataclass(frozen=True, kw_only=True)
class Thread:
    """A comment and its answers, as one reader sees them."""

    comment: Comment
    replies: list[Comment]


def voice_of(user_id: UUID) -> Voice | None:
    """Return the name under which somebody comments, or None when they have chosen none."""
    return Voice.objects.filter(account=user_id).first()


def take_name(user_id: UUID, name: str, *, at: datetime) -> Voice:
    """Choose or change the name under which somebody comments.

    Raises:
        NameInUse: somebody else has it, however it is written.
    """
    try:
        with writing():
            voice, _ = Voice.objects.update_or_create(
                account_id=user_id,
                defaults={"name": name, "spelling": folded(name)},
                create_defaults={
                    "account_id": user_id,
                    "name": name,
                    "spelling": folded(name),
                    "made_on": at.date(),
                },
            )
    except IntegrityError as taken:
        raise NameInUse from taken
    return voice


def say(voice: Voice, article: Article, text: str, *, at: datetime, answers: UUID | None = None) -> Comment:
    """Put a comment beneath an article, or an answer beneath a comment.

    Sent twice it counts once.

    Raises:
        TooManyComments: this voice has said enough for now.
        NothingThere: there is no such comment to answer.
    """
    with writing():
        Voice.objects.select_for_update().get(pk=voice.pk)
        parent = _answered(article, answers) if answers else None
        same = voice.comments.filter(
            article=article, answers=parent, text=text, at__gt=at - AN_HOUR[0]
        ).first()
        if same:
            return same
        for span, most in (AN_HOUR, A_DAY):
            if voice.comments.filter(at__gt=at - span).count() >= most:
                raise TooManyComments
        known = voice.comments.filter(state=State.SHOWN).count() >= KNOWN_AFTER
        state = State.SHOWN if known else State.WAITING
        return Comment.objects.create(
            article=article, voice=voice, answers=parent, text=text, state=state, at=at
        )


def threads(article: Article, *, reader: Voice | None) -> list[Thread]:
    """Return what a reader sees beneath an article: what is shown, and their own whatever became of it."""
    found = list(article.comments.select_related("voice").order_by("at", "pk"))
    seen = [
        each
        for each in found
        if each.state == State.SHOWN or each.voice_id == (reader.pk if reader else None)
    ]
    return [Thread(comment=top, replies=_beneath(top, seen)) for top in seen if top.answers_id is None]


def take_away(voice: Voice, ref: UUID) -> Article:
    """Erase one's own comment, and the answers beneath it.

    Raises:
        NothingThere: they have no such comment.
    """
    comment = Comment.objects.filter(pk=ref, voice=voice).select_related("article").first()
    if comment is None:
        raise NothingThere
    comment.delete()
    return comment.article


def report(voice: Voice, ref: UUID) -> Article:
    """Ask that somebody look at a comment. Reported by several people, it waits to be looked at.

    Raises:
        NothingThere: there is no such comment, or it is their own.
    """
    with writing():
        shown = Comment.objects.select_for_update().filter(pk=ref, state=State.SHOWN)
        comment = shown.exclude(voice=voice).first()
        if comment is None:
            raise NothingThere
        Report.objects.get_or_create(comment=comment, voice=voice)
        if comment.reports.count() >= REPORTS_HIDE:
            Comment.objects.filter(pk=ref).update(state=State.WAITING)
    return comment.article


def to_look_at() -> QuerySet[Comment]:
    """Return what a moderator should look at: what waits, and what was reported; the oldest first."""
    asked = Comment.objects.annotate(asked=Count("reports")).exclude(state=State.HIDDEN)
    return (
        (asked.filter(state=State.WAITING) | asked.filter(asked__gt=0))
        .select_related("voice", "article")
        .order_by("at")
    )


def decide(ref: UUID, *, show: bool) -> None:
    """Show a comment or take it down, as a moderator; what was reported about it is answered by that."""
    with writing():
        Comment.objects.filter(pk=ref).update(state=State.SHOWN if show else State.HIDDEN)
        Report.objects.filter(comment=ref).delete()


def _answered(article: Article, ref: UUID) -> Comment:
    parent = (
        Comment.objects.filter(pk=ref, article=article, state=State.SHOWN).select_related("answers").first()
    )
    if parent is None:
        raise NothingThere
    return parent.answers or parent  # one level: an answer to an answer stands beside it


def _beneath(top: Comment, seen: Iterable[Comment]) -> list[Comment]:
    return [each for each in seen if each.answers_id == top.pk]
