"""What `nearer check --open` finds: rows that cannot open for anybody, as far as one can tell without a key.

A flipped bit inside a sealed value shows only to whoever has its key. Without one, this sees what is cut, foreign or
of an older key, moves that are missing, and secrets that are gone from the key store or belong to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, F, Max, Q

from nearer.accounts.models import Profile
from nearer.bonds.models import Bond, FirstQuestion, Invitation, Member, Return
from nearer.calendars.models import Feed, FeedPart
from nearer.files.models import SealedFile
from nearer.notices.models import Cause, Channel, Job, Wishes
from nearer.records.models import Record
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.taking_back.prune import keyed, unneeded
from nearer.study.models import Contribution, Study
from nearer.vault.envelope import Scope, is_whole
from nearer.vault.keys import SEALED_SIZE
from nearer.vault.models import Identity, SealedSession, StoredKey, UnlockMethod
from nearer.vault.streams import is_whole_file

KEY_SIZE, LABEL_SIZE = 32, 8
AT_ONCE = 16  # rows in memory, of which each may hold a photo
FORM, OLDER, SECRET, MISSING = "is cut or foreign", "is of another key", "has no secret", "lacks a move"


@dataclass(frozen=True, order=True)
class Found:
    """A row that cannot open.

    Attributes:
        what: its table, and the column.
        row: its id.
        why: in a few words.
    """

    what: str
    row: str
    why: str


def walk() -> Iterator[Found]:
    """Yield every row that cannot open."""
    for model, column, is_right in FORMS:
        rows = model._base_manager.values_list("pk", column)
        for pk, value in rows.iterator(chunk_size=AT_ONCE):
            if not is_right(bytes(value)):
                yield _found(model, column, pk, FORM)
    for pk, value in (
        Record.objects.exclude(user=None).values_list("pk", "sealed").iterator(chunk_size=AT_ONCE)
    ):
        if not _is_own(bytes(value)):
            yield _found(Record, "sealed", pk, FORM)
    yield from _of_bonds()
    yield from _without_a_secret()
    counted = Sitting.objects.annotate(rows=Count("entries"), last=Max("entries__seq"))
    gaps = counted.filter(Q(is_over=False, rows__lt=F("seq")) | Q(last__gte=F("rows")))
    yield from (_found(Sitting, "entries", pk, MISSING) for pk in gaps.values_list("pk", flat=True))


def left_over() -> int:
    """Return how many secrets of the key store belong to nothing; pruning erases those that are not of today."""
    return len(unneeded(StoredKey.objects.all()))


def _of_bonds() -> Iterator[Found]:
    """Yield what is sealed under a bond's key, and has not the form of that, or not the version of the key."""
    for model, column, version_of in UNDER_A_BOND:
        known = model._base_manager.exclude(**{version_of: None})
        for pk, value, version in known.values_list("pk", column, version_of).iterator(chunk_size=AT_ONCE):
            if not is_whole(value, scope=Scope.BOND):
                yield _found(model, column, pk, FORM)
            elif not is_whole(value, scope=Scope.BOND, key_version=version):
                yield _found(model, column, pk, OLDER)


def _without_a_secret() -> Iterator[Found]:
    there = set(StoredKey.objects.values_list("owner", flat=True))
    wanted: list[tuple[type[models.Model], models.QuerySet[Any], str]] = [
        (Identity, Identity.objects.all(), "shred"),
        (Sitting, Sitting.objects.filter(is_over=False), "pk"),
        (Sitting, Sitting.objects.filter(is_over=True, entries__isnull=False).distinct(), "pk"),
        (Bond, Bond.objects.filter(records__isnull=False).distinct(), "pk"),
        *((each, each._base_manager.all(), "pk") for each in (FirstQuestion, SealedFile, Invitation)),
        (Return, Return.objects.filter(bond=None), "pk"),
        *((model, model._base_manager.all(), column) for model, column in keyed()),
    ]
    for model, rows, name in wanted:
        for pk, owner in rows.values_list("pk", name):
            if owner not in there:
                yield _found(model, "secret", pk, SECRET)


def _found(model: type[models.Model], column: str, pk: object, why: str) -> Found:
    row = pk.hex if isinstance(pk, UUID) else str(pk)
    return Found(f"{model.__name__}.{column}", row, why)


def _is_long(*sizes: int) -> Callable[[bytes], bool]:
    return lambda value: len(value) in sizes


def _or_empty(is_right: Callable[[bytes], bool]) -> Callable[[bytes], bool]:
    return lambda value: not value or is_right(value)


def _is_own(value: bytes) -> bool:
    """Say whether this is something of a person's own: at hand, or in their drawer behind its sealed key."""
    return any(is_whole(value[skip:], scope=Scope.USER) for skip in (0, SEALED_SIZE))


USER, SESSION = partial(is_whole, scope=Scope.USER), partial(is_whole, scope=Scope.SESSION)
UNLOCK, INVITE = partial(is_whole, scope=Scope.UNLOCK), partial(is_whole, scope=Scope.INVITE)
HOST = partial(is_whole, scope=Scope.BOND, key_version=0)
FORMS: tuple[tuple[type[models.Model], str, Callable[[bytes], bool]], ...] = (
    (Profile, "sealed", USER),
    (Identity, "public", _is_long(KEY_SIZE)),
    (Identity, "wrapped_private", UNLOCK),
    (UnlockMethod, "wrap", _or_empty(UNLOCK)),
    (SealedSession, "blob", SESSION),
    (SealedSession, "drawer", _or_empty(SESSION)),
    (SealedSession, "about", _or_empty(USER)),
    (Member, "sealed_key", _or_empty(_is_long(SEALED_SIZE))),
    (Member, "way", _or_empty(_is_long(KEY_SIZE))),
    (Invitation, "wrap", UNLOCK),
    (Invitation, "code_wrap", UNLOCK),
    (Return, "card", INVITE),
    (Return, "code_wrap", UNLOCK),
    (Return, "kept", USER),
    (Record, "label", _is_long(LABEL_SIZE)),
    (Sitting, "ahead", _or_empty(HOST)),
    (SealedFile, "sealed", is_whole_file),
    (Feed, "public", _is_long(KEY_SIZE)),
    (FeedPart, "sealed", _is_own),
    (Study, "public", _is_long(KEY_SIZE)),
    (Contribution, "sealed", _is_own),
    (Wishes, "sealed", USER),
    (Channel, "sealed", _is_own),
    (Channel, "about", USER),
    (Cause, "sealed", USER),
    (Job, "sealed", _is_own),
    (StoredKey, "secret", _is_long(KEY_SIZE)),
)
UNDER_A_BOND: tuple[tuple[type[models.Model], str, str], ...] = (
    (Bond, "roster", "key_version"),
    (Member, "card", "bond__key_version"),
    (Invitation, "kept", "bond__key_version"),
    (FirstQuestion, "sealed", "bond__key_version"),
    (Return, "vouched", "bond__key_version"),
    (Sitting, "header", "bond__key_version"),
    (Entry, "sealed", "sitting__bond__key_version"),
    (Record, "sealed", "bond__key_version"),
)
