"""The one place through which causes come: something is there for somebody. What, is not handed on, and no key is needed.

`nearer.bonds.news` says what is new for the other of a bond, and when it is gone again; what has an hour that both know of, such
as a plan or the end of a break, comes with that hour. Nothing is kept for somebody who would not like to be called.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from nearer.database import cannot_store, writing
from nearer.notices import rules, wishes
from nearer.notices.models import Cause, Wishes
from nearer.notices.rules import Due
from nearer.notices.wishes import Chosen
from nearer.vault import damage
from nearer.vault.envelope import open_record, seal
from nearer.vault.keys import row_about

KIND, ON_TIME = "cause", "on_time"


class Seat(Protocol):
    """Whom it is for: one of the two in a bond."""

    @property
    def pk(self) -> UUID:
        """The id of their seat."""

    @property
    def user_id(self) -> UUID:
        """Who they are."""


def comes(seat: Seat, about: object, *, after: datetime) -> None:
    """Keep that something is new for somebody; the same thing twice is one cause.

    Args:
        seat: whom it is for.
        about: what tells it from other things that are new for them; it is not kept.
        after: when it is there. Only between which two of their hours that lies is kept.
    """
    chosen = wishes.chosen_by(seat.user_id)
    if chosen is not None:
        _keep(seat, about, rules.next_hour(chosen.wish, chosen.told, after=after), on_time=False)


def at_hour(seats: Iterable[Seat], about: object, hour: datetime | None) -> None:
    """Keep the hour of something that both know of, in the place of an earlier one.

    Args:
        seats: whom it is for.
        about: what it is; it is not kept.
        hour: when; None when it has none any more.
    """
    for seat in seats:
        gone([seat], about)
        chosen = wishes.chosen_by(seat.user_id) if hour else None
        due = rules.own_hour(chosen.wish, hour) if chosen and hour else None
        if due and due > timezone.now():
            _keep(seat, about, due, on_time=True)


def gone(seats: Iterable[Seat], about: object) -> None:
    """Forget a cause: there is nothing any more."""
    Cause.objects.filter(pk__in=[_id(seat, about) for seat in seats]).delete()


def seen(user_id: UUID) -> None:
    """Note that somebody has looked at their Today: what was new is that no longer. An hour that lies ahead stays.

    Nothing is written where nothing changes.
    """
    chosen = wishes.chosen_by(user_id)
    if chosen is None:
        return
    old = [cause.pk for cause in _of(user_id) if not due_of(cause).on_time]
    if not (old or chosen.told.unopened):
        return
    try:
        with writing():
            Cause.objects.filter(pk__in=old).delete()
            if chosen.told.unopened:
                change(user_id, told=rules.opened(chosen.told))
    except DatabaseError as problem:
        if not cannot_store(problem):
            raise


def change(user_id: UUID, **what: Any) -> Chosen | None:  # Any: attributes of `Chosen`
    """Keep another part of what somebody chose, and move what is new for them to its hour by that.

    Args:
        user_id: whose.
        what: attributes of `Chosen`, with their new values.

    Returns:
        What they chose now; None when they would not like to be called.
    """
    with writing():
        before = wishes.chosen_by(user_id, Wishes.objects.select_for_update())
        if before is None:
            return None
        chosen = replace(before, **what)
        wishes.store(user_id, chosen)
        if chosen.wish != before.wish:
            _rearrange(user_id, chosen)
    return chosen


def forget(user_id: UUID) -> None:
    """Let nothing come any more."""
    _of(user_id).delete()


def due_of(cause: Cause) -> Due:
    """Return a cause as the rules know it; one that does not open counts as new."""
    document = damage.opened(
        KIND, cause.pk, lambda: open_record(wishes.key(), cause.sealed, **wishes.place(cause.pk))
    )
    return Due(ref=cause.pk, at=cause.due, on_time=bool((document or {}).get(ON_TIME)))


def _of(user_id: UUID) -> QuerySet[Cause]:
    return Cause.objects.filter(member__user=user_id)


def _keep(seat: Seat, about: object, due: datetime, *, on_time: bool) -> None:
    ref = _id(seat, about)
    sealed = seal(wishes.key(), key_version=0, document={ON_TIME: on_time}, **wishes.place(ref))
    cause = Cause(pk=ref, member_id=seat.pk, due=due, sealed=sealed)
    Cause.objects.bulk_create([cause], ignore_conflicts=True)


def _rearrange(user_id: UUID, chosen: Chosen) -> None:
    for cause in _of(user_id):
        if not due_of(cause).on_time:
            cause.due = rules.next_hour(chosen.wish, chosen.told, after=timezone.now())
            cause.save(update_fields=["due"])
        elif rules.own_hour(chosen.wish, cause.due) is None:
            cause.delete()


def _id(seat: Seat, about: object) -> UUID:
    return row_about(wishes.key(), KIND, f"{seat.pk} {about}")
