"""Deleting an account: its key first, so that old backups go dark at once, then everything that was its own.

None of this needs a key; where the keys are at hand, `nearer.leaving.going` leaves every space first. What two people share stays readable for the other for thirty days, as when somebody
leaves; for that an empty row stands in the seat until the bond is gone.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from nearer import live
from nearer.accounts.events import goes
from nearer.accounts.models import User
from nearer.bonds import first
from nearer.bonds.models import Bond, FirstQuestion, Invitation, Member, Return
from nearer.database import writing
from nearer.files.models import SealedFile
from nearer.notices import causes
from nearer.sittings.models import Entry, Sitting
from nearer.vault import store
from nearer.vault.models import Identity, SealedSession

WAITS = timedelta(days=7)
SETTLES = timedelta(hours=31)  # by then the morning after a yes has begun wherever the two live


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
    """Delete an account now, without any key, whatever became of an earlier try.

    Args:
        user_id: whose.
        at: now.
    """
    begin(user_id, at=at)
    finish(user_id, at=at)


def begin(user_id: UUID, *, at: datetime) -> None:
    """Erase an account's own key and its ways in. Pruning goes on from here, also when the machine stops."""
    User.objects.filter(pk=user_id).update(deleted_on=at.date())
    _shut(user_id)


def finish(user_id: UUID, *, at: datetime) -> None:
    """Give up the seats that are still an account's, and erase everything that was its own."""
    with writing():
        for member in Member.objects.filter(user_id=user_id).select_related("bond"):
            give_up(member, at)
        _erase_own(user_id)


def erase_due(at: datetime) -> int:
    """Delete the accounts whose day has come, and the empty rows whose last bond is gone.

    Their key goes first, on the day itself. Their seats wait until what they did before it has begun to count:
    without a key, nobody can tell what the other has not seen yet, so there must be nothing of that kind.

    Returns:
        How many accounts were deleted.
    """
    whole = User.objects.filter(identity__isnull=False)
    for user_id in whole.filter(deleted_on__lte=at.date()).values_list("pk", flat=True):
        _shut(user_id)
    due = list(whole.filter(deleted_on__lte=(at - SETTLES).date()).values_list("pk", flat=True))
    for user_id in due:
        erase(user_id, at=at)
    User.objects.filter(deleted_on__lte=at.date(), identity__isnull=True, memberships__isnull=True).delete()
    return len(due)


def _shut(user_id: UUID) -> None:
    store.erase(list(Identity.objects.filter(user_id=user_id).values_list("shred", flat=True)))
    SealedSession.objects.filter(user_id=user_id).delete()


def give_up(member: Member, at: datetime) -> None:
    """Leave a seat, with no key: what is open ends, and what nobody is left to read is erased with its keys.

    Args:
        member: the seat, with its bond.
        at: now.
    """
    bond = member.bond
    others = Member.objects.filter(bond=bond, has_left=False).exclude(pk=member.pk)
    watched = list(Sitting.objects.filter(bond=bond).values_list("pk", flat=True))
    if not others.exists() or bond.state in {Bond.State.WAITING, Bond.State.JOINED}:
        unopened = FirstQuestion.objects.filter(bond=bond).values_list("pk", flat=True)
        invitations = Invitation.objects.filter(bond=bond).values_list("pk", flat=True)
        files = SealedFile.objects.filter(bond=bond).values_list("pk", flat=True)
        _erase_after([bond.pk, *watched, *unopened, *invitations, *files])
        bond.delete()
        return
    if not member.has_left:
        open_now = list(Sitting.objects.filter(bond=bond, is_over=False).values_list("pk", flat=True))
        Entry.objects.filter(sitting__in=open_now).delete()
        Sitting.objects.filter(pk__in=open_now).update(is_over=True)
        first.close_without_a_key(bond)
        Bond.objects.filter(pk=bond.pk).update(state=Bond.State.CLOSED, closed_on=at.date())
        promised = list(Return.objects.filter(bond=bond).values_list("pk", flat=True))
        Return.objects.filter(pk__in=promised).delete()
        _erase_after([*open_now, *promised])
    Member.objects.filter(pk=member.pk).update(has_left=True, sealed_key=b"", way=b"")
    for ref in watched:
        transaction.on_commit(partial(live.recheck, ref))


def _erase_after(owners: list[UUID]) -> None:
    transaction.on_commit(partial(store.erase, owners))


def _erase_own(user_id: UUID) -> None:
    """Delete every row that is this person's alone; the row itself goes when no seat needs it."""
    goes.send(sender=User, user_id=user_id)
    causes.forget(user_id)
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
