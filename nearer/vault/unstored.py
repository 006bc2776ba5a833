"""Sessions while nothing can be stored: the disk is full beyond its reserve, or can only be read.

They live in this process's memory, sealed as they would be on the disk, and end with it. A session that ended is known to
have ended until that can be stored.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection

from nearer.database import cannot_store, writing
from nearer.vault.models import SealedSession

MOST = 1000
_held: OrderedDict[str, SealedSession] = OrderedDict()
_secrets: dict[UUID, bytes] = {}
_ended: set[str] = set()


def keep(row: SealedSession) -> None:
    """Keep a session; of too many the oldest goes."""
    _held[row.token_hash] = row
    while len(_held) > MOST:
        _let_go(_held.popitem(last=False)[1])


def among(hashes: Collection[str]) -> dict[str, SealedSession]:
    """Return those of these sessions that are kept here, by the hash of their token."""
    return {each: _held[each] for each in hashes if each in _held}


def remove(token_hash: str) -> None:
    """End a session; where that cannot be stored, it is known to have ended until it can."""
    forget([token_hash])
    try:
        with writing():
            SealedSession.objects.filter(token_hash=token_hash).delete()
    except DatabaseError as problem:
        if not cannot_store(problem) or connection.in_atomic_block:
            raise
        _ended.add(token_hash)


def ended() -> frozenset[str]:
    """Return the sessions that have ended, and are still on the disk."""
    return frozenset(_ended)


def remove_ended() -> None:
    """Remove from the disk what has ended meanwhile."""
    if found := ended():
        SealedSession.objects.filter(token_hash__in=found).delete()
        _ended.difference_update(found)


def forget(hashes: Collection[str]) -> None:
    """Let sessions go that are stored now, or have ended."""
    for each in hashes:
        if (row := _held.pop(each, None)) is not None:
            _let_go(row)


def secret_for(ref: UUID) -> bytes:
    """Return the secret of a session's drawer, made the first time."""
    return _secrets.setdefault(ref, secrets.token_bytes(32))


def secret_of(ref: UUID) -> bytes:
    """Return the secret of a session's drawer; nothing where there is none."""
    return _secrets.get(ref, b"")


def close_drawers(at: datetime) -> None:
    """Let the drawers go that have run out by `at`."""
    for row in list(_held.values()):
        if row.drawer_until and row.drawer_until < at:
            row.drawer, row.drawer_until = b"", None
            _let_go(row)


def _let_go(row: SealedSession) -> None:
    _secrets.pop(row.ref, None)
