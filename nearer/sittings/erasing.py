"""Deleting an account: its key first, so that old backups go dark at once, then everything that was its own.

None of this needs a key. What two people share stays readable for the other for thirty days, as when somebody
leaves; for that an empty row stands in the seat until the bond is gone.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connections, models, transaction
from django.db.models import Q

from nearer import live
from nearer.accounts.models import User
from nearer.bonds.models import Bond, FirstQuestion, Invitation, Member
from nearer.database import writing
from nearer.files.models import SealedFile
from nearer.sittings.models import Entry, Sitting
from nearer.vault import store
from nearer.vault.models import Identity

WAITS = timedelta(days=7)


def ask(user_id: UUID, *, on: date) -> date:
    """Let an account be deleted in seven days.

    Returns:
        The day.
    """
    day = on + WAITS
    User.objects.filter(pk=user_id).update(deleted_on=day)
    return day


def keep(user_id: UUID) -> None:
    """Let it not be deleted after all."""
    User.objects.filter(pk=user_id).update(deleted_on=None)


def erase(user_id: UUID, *, at: datetime) -> None:
    """Delete an account now, whatever became of an earlier try.

    Args:
        user_id: whose.
        at: now.
    """
    # From here on it is to be deleted, also when the machine stops in between: pruning goes on with it.
    User.objects.filter(pk=user_id).update(deleted_on=at.date())
    store.erase(list(Identity.objects.filter(user_id=user_id).values_list("shred", flat=True)))
    with writing():
        for member in Member.objects.filter(user_id=user_id).select_related("bond"):
            _give_up(member, at)
        _erase_own(user_id)
    _settle_files()


def erase_due(at: datetime) -> int:
    """Delete the accounts whose day has come, and the empty rows whose last bond is gone.

    Returns:
        How many accounts were deleted.
    """
    due = list(
        User.objects.filter(deleted_on__lte=at.date(), identity__isnull=False).values_list("pk", flat=True)
    )
    for user_id in due:
        erase(user_id, at=at)
    User.objects.filter(deleted_on__lte=at.date(), identity__isnull=True, memberships__isnull=True).delete()
    return len(due)


def _give_up(member: Member, at: datetime) -> None:
    """Leave a seat: what is open ends, and what nobody is left to read is erased with its keys."""
    bond = member.bond
    others = Member.objects.filter(bond=bond, has_left=False).exclude(pk=member.pk)
    watched = list(Sitting.objects.filter(bond=bond).values_list("pk", flat=True))
    unopened = list(FirstQuestion.objects.filter(bond=bond).values_list("pk", flat=True))
    if not others.exists() or bond.state in {Bond.State.WAITING, Bond.State.JOINED}:
        invitations = Invitation.objects.filter(bond=bond).values_list("pk", flat=True)
        files = SealedFile.objects.filter(bond=bond).values_list("pk", flat=True)
        _erase_after([bond.pk, *watched, *unopened, *invitations, *files])
        bond.delete()
        return
    if not member.has_left:
        open_now = list(Sitting.objects.filter(bond=bond, is_over=False).values_list("pk", flat=True))
        Entry.objects.filter(sitting__in=open_now).delete()
        Sitting.objects.filter(pk__in=open_now).update(is_over=True)
        FirstQuestion.objects.filter(bond=bond).delete()
        Bond.objects.filter(pk=bond.pk).update(state=Bond.State.CLOSED, closed_on=at.date())
        _erase_after([*open_now, *unopened])
    Member.objects.filter(pk=member.pk).update(has_left=True, sealed_key=b"")
    for ref in watched:
        transaction.on_commit(partial(live.recheck, ref))


def _erase_after(owners: list[UUID]) -> None:
    transaction.on_commit(partial(store.erase, owners))


def _erase_own(user_id: UUID) -> None:
    """Delete every row that is this person's alone; the row itself goes when no seat needs it."""
    for relation in User._meta.related_objects:
        if relation.related_model is Member:
            continue
        rows: models.QuerySet[Any] = relation.related_model._base_manager.filter(
            **{relation.field.name: user_id}
        )
        if relation.on_delete is models.SET_NULL:
            rows.update(**{relation.field.name: None})
        else:
            rows.delete()
    # The name is free again, and nobody can log in as a row without ways in.
    User.objects.filter(pk=user_id).update(username=f"deleted {user_id}")
    User.objects.filter(pk=user_id).exclude(Q(memberships__isnull=False)).delete()


def _settle_files() -> None:
    """Leave no copy in a write-ahead log."""
    for alias in connections:
        if connections[alias].vendor == "sqlite" and not connections[alias].in_atomic_block:
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
