"""Forgetting: what has run out is erased, its key first, so that backups of the records go dark too.

None of this needs a key: it looks at days and ids only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from nearer.bonds.models import Bond, FirstQuestion, Invitation, Return
from nearer.bonds.returns import forget_old
from nearer.database import settle_files, writing
from nearer.files.models import SealedFile
from nearer.protocol import QUIET_END
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.run.ending import end, end_what_is_over
from nearer.sittings.taking_back.erasing import erase_due
from nearer.vault import store
from nearer.vault.models import Identity, SealedSession, StoredKey
from nearer.vault.sessions import SessionStore

CLOSED_KEEPS = timedelta(days=30)
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """How much was erased, in counts."""

    bonds: int
    invitations: int
    sittings: int
    keys: int


def prune(at: datetime) -> Forgotten:
    """Erase what has run out by `at`.

    Closed bonds after 30 days, invitations after their 72 hours with the bond that waited for them, sittings whose
    time is over, sessions past their last day, accounts whose day has come, and secrets that belong to nothing.
    """
    SessionStore.clear_expired()
    erase_due(at)
    forget_old(at)
    closed = _ids(Bond, Q(state=Bond.State.CLOSED, closed_on__lt=(at - CLOSED_KEEPS).date()))
    waiting = list(Invitation.objects.filter(expires_at__lt=at).values_list("bond_id", flat=True))
    ended = end_what_is_over(at)
    name_bonds()
    forsaken = _forsaken(at)
    end(forsaken, at=at)
    store.erase([*closed, *_ids(Sitting, Q(bond__in=closed)), *_ids(SealedFile, Q(bond__in=closed))])
    with writing():
        Bond.objects.filter(pk__in=[*closed, *waiting]).delete()
    keys = _orphans(at)
    store.erase(keys)
    settle_files()
    return Forgotten(
        bonds=len(closed), invitations=len(waiting), sittings=ended + len(forsaken), keys=len(keys)
    )


def name_bonds() -> None:
    """Say of each move whose bond it is of, where a program wrote it that did not say so."""
    theirs = Sitting.objects.filter(pk=OuterRef("sitting")).values("bond")[:1]
    Entry.objects.filter(bond=None).update(bond=Subquery(theirs))


def _forsaken(at: datetime) -> list[UUID]:
    """Return open sittings that no time is set for: nobody ever came in, or their secret went in a power cut."""
    old = _ids(Sitting, Q(is_over=False, day__lt=(at - QUIET_END - DAY).date()))
    timed = set(StoredKey.objects.filter(until__isnull=False).values_list("owner", flat=True))
    return [ref for ref in old if ref not in timed]


def _orphans(at: datetime) -> list[UUID]:
    """Return owners of secrets that no row needs; fresh ones may belong to something just being made."""
    return unneeded(StoredKey.objects.filter(made_on__lt=(at - DAY).date()))


def unneeded(secrets: QuerySet[StoredKey]) -> list[UUID]:
    """Return the owners of those secrets that no row needs; one that goes by itself at its time is left until then."""
    needed = {
        *Identity.objects.values_list("shred", flat=True),
        *SealedSession.objects.exclude(drawer_until=None).values_list("ref", flat=True),
        *_ids(Bond, Q()),
        *_ids(Invitation, Q()),
        *_ids(FirstQuestion, Q()),
        *_ids(Return, Q()),
        *_ids(SealedFile, Q()),
        *Entry.objects.values_list("sitting_id", flat=True).distinct(),
    }
    needed.update(_ids(Sitting, Q(is_over=False)))
    for model, column in keyed():
        needed.update(model._default_manager.values_list(column, flat=True))
    return [
        owner for owner in secrets.filter(until=None).values_list("owner", flat=True) if owner not in needed
    ]


def keyed() -> list[tuple[type[Model], str]]:
    """Return the models above this one whose rows need a secret of their own, with the column that says whose: `KEYED_BY`."""
    return [(each, each.KEYED_BY) for each in apps.get_models() if hasattr(each, "KEYED_BY")]


def _ids(
    model: type[Bond | FirstQuestion | Invitation | Return | SealedFile | Sitting], which: Q
) -> list[UUID]:
    return list(model._default_manager.filter(which).values_list("pk", flat=True))
