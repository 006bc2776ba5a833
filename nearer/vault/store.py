"""The key store: one random secret an owner. Erasing it makes what it protects unreadable, in backups too."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import UUIDField
from django.utils import timezone

from nearer.prepared import Prepared
from nearer.vault.errors import SecretGone
from nearer.vault.models import StoredKey

SIZE = 32
FEW = 8
"""Up to so many are asked for in SQL that is written once for each number of them."""
OWNED = Prepared(lambda owners: StoredKey.objects.filter(owner__in=owners), UUIDField())


def make_secret(owner: UUID) -> bytes:
    """Make and keep a secret. It is stored before anything sealed under it, so nothing acknowledged is lost.

    Args:
        owner: the person, bond, sitting or invitation it belongs to.

    Returns:
        32 random bytes.
    """
    secret = secrets.token_bytes(SIZE)
    StoredKey.objects.create(owner=owner, secret=secret, made_on=timezone.now().date())
    return secret


def secret_for(owner: UUID) -> bytes:
    """Return an owner's secret; the first time, make and keep one, as `make_secret` does."""
    row, _ = StoredKey.objects.get_or_create(owner=owner, defaults={"secret": secrets.token_bytes(SIZE)})
    return bytes(row.secret)


def secret_of(owner: UUID) -> bytes:
    """Return an owner's secret.

    Raises:
        SecretGone: there is none, or no longer.
    """
    found = secrets_of([owner])
    if not found:
        raise SecretGone
    return found[owner]


def secrets_of(owners: Collection[UUID]) -> dict[UUID, bytes]:
    """Return the secrets of several owners; who has none is left out."""
    if len(owners) > FEW:
        rows: Iterable[StoredKey] = StoredKey.objects.filter(owner__in=owners)
    else:
        rows = OWNED(list(owners))
    return {row.owner: bytes(row.secret) for row in rows}


def dated(owner: UUID, day: date) -> None:
    """Let a secret bear another day than that on which it was made, where that day would tell whose it is."""
    StoredKey.objects.filter(owner=owner).update(made_on=day)


def keep_until(owner: UUID, until: datetime | None) -> None:
    """Say when a secret goes by itself; None for not at all."""
    StoredKey.objects.filter(owner=owner).update(until=until)


def run_out(at: datetime) -> list[UUID]:
    """Return the owners of the secrets whose time is over by now."""
    return list(StoredKey.objects.filter(until__lte=at).values_list("owner", flat=True))


def erase(owners: Collection[UUID]) -> None:
    """Erase secrets for good; unknown owners are passed over."""
    StoredKey.objects.filter(owner__in=owners).delete()
