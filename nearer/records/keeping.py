"""Putting records onto a shelf, finding them again, and taking them away.

A room that keeps something says what it is once, `NEEDS = Kind(name="need", shape=Need)`, where `Need` is a
small frozen dataclass of plain values, and needs no table and no migration.
"""

from __future__ import annotations

from collections.abc import Buffer, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from dataclasses import replace as another
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.database import cannot_store, writing
from nearer.records.lying import lying
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.vault import damage, store
from nearer.vault.envelope import Document, open_by_one_of, seal
from nearer.vault.errors import VaultError, refusing

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
else:
    DataclassInstance = object

AT, BODY, KIND, SCHEMA, ABOUT = "at", "body", "kind", "schema", "about"
OUTER_SCHEMA = 1
ROW, SECRET = "record", "secret"


class NotThere(LookupError):
    """There is no such record on this shelf, or no longer."""


class BondNotOpen(Exception):
    """Nothing new is kept in a bond that one of the two has left, or that has not been confirmed."""


@dataclass(frozen=True, kw_only=True)
class Kind[D: DataclassInstance]:
    """A sort of record.

    Attributes:
        name: a word no other kind has; it is sealed with every record and never changes.
        shape: the dataclass of its documents: plain values, which JSON can hold.
        schema: the version of that shape.
        within: where it is asked for: how long ago it was changed at most; None for all there is.
    """

    name: str
    shape: type[D]
    schema: int = 1
    within: timedelta | None = None

    def lately(self, within: timedelta) -> Kind[D]:
        """Return the same kind for a page that needs what is new alone: it costs the same however much there is."""
        return another(self, within=within)


@dataclass(frozen=True, kw_only=True)
class Kept[D: DataclassInstance]:
    """A record that has been opened.

    Attributes:
        ref: its id.
        author: who sealed it last.
        at: when.
        document: what it says.
    """

    ref: UUID
    author: UUID
    at: datetime
    document: D

    @property
    def day(self) -> date:
        """The day of `at`, where the reader lives."""
        return timezone.localdate(self.at)


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Records of several kinds, found with one question.

    Attributes:
        found: the records of each kind.
        away: the ids of what whoever looks has put out of their own sight: see `nearer.records.putaway`.
    """

    found: dict[str, list[Kept[Any]]]
    away: frozenset[str] = frozenset()

    def of[D: DataclassInstance](self, kind: Kind[D]) -> list[Kept[D]]:
        """Return the records of one of the kinds that were asked for, oldest first."""
        return self.found[kind.name]

    def shown[D: DataclassInstance](self, kind: Kind[D]) -> list[Kept[D]]:
        """Return those of a kind that whoever looks has not put away, oldest first."""
        return [kept for kept in self.of(kind) if str(kept.ref) not in self.away]


def put[D: DataclassInstance](
    shelf: Shelf, kind: Kind[D], document: D, *, at: datetime, about: str = "", once: str = ""
) -> Kept[D]:
    """Seal a document and keep it, written by whoever the shelf was opened for.

    Args:
        shelf: where; a person's own need not be open for it.
        kind: what it is.
        document: what it says.
        at: now.
        about: on a person's own shelf, its subject, if there is one record of this kind about each; an earlier
            one is replaced unread.
        once: what tells the page it was sent from: what came from there already stays as it is. See `nearer.web.once`.

    Raises:
        BondNotOpen: it belongs to a bond in which nothing new is kept.
    """
    row = Record(label=shelf.label(kind.name), **shelf.column)
    with changing(shelf):
        if once:
            row.pk = shelf.row_once(kind.name, once)
            if came(shelf, kind, once):
                return Kept(ref=row.pk, author=shelf.me, at=at, document=document)
        if about:
            # Found by its id alone: one whose label is damaged is replaced like any other.
            there = Q(pk=shelf.row_about(kind.name, about), **shelf.column)
            row = Record.objects.filter(there).first() or row
            row.pk, row.label = shelf.row_about(kind.name, about), shelf.label(kind.name)
        return _seal(row, shelf, kind, document, at, about=about)


def is_there(shelf: Shelf, kind: Kind[Any], about: str) -> bool:
    """Say whether there is a record of a kind about a subject, without opening it."""
    return bool(_rows(shelf, kind, shelf.row_about(kind.name, about)).exists())


def came(shelf: Shelf, kind: Kind[Any], once: str) -> UUID | None:
    """Return the id of what was sent from a page, if it is here already."""
    ref = shelf.row_once(kind.name, once)
    return ref if once and _rows(shelf, kind, ref).exists() else None


def is_in(shelf: Shelf, ref: UUID) -> bool:
    """Say whether a record lies on a shelf, of whatever kind, without opening it."""
    return Record.objects.filter(pk=ref, **shelf.column).exists()


def is_still(ref: UUID) -> bool:
    """Say whether a record is still where it was put. No key is needed to know that."""
    return Record.objects.filter(pk=ref).exists()


def replace[D: DataclassInstance](
    shelf: Shelf, kind: Kind[D], ref: UUID, document: D, *, at: datetime, closed: bool = False
) -> Kept[D]:
    """Put another document in the place of one; whoever replaces it becomes its author.

    Args:
        shelf: where it lies.
        kind: its kind.
        ref: its id.
        document: what it says from now on.
        at: now.
        closed: whether a bond that is closed takes it as well, since it only takes words back.

    Raises:
        NotThere: it has been taken away meanwhile.
        BondNotOpen: it belongs to a bond in which nothing new is kept.
    """
    with changing(shelf, closed=closed):
        return _seal(_row(shelf, kind, ref), shelf, kind, document, at)


def gather(shelf: Shelf, *kinds: Kind[Any]) -> Gathered:
    """Find all records of some kinds, oldest first; one query, and one of the key store if there are any.

    What does not open is passed over, and noted.

    Raises:
        VaultError: it is a drawer, and closed.
    """
    return gather_all([(shelf, kinds)])[0]


def gather_all(wanted: Sequence[tuple[Shelf, Sequence[Kind[Any]]]]) -> list[Gathered]:
    """Find all records of some kinds on each of several shelves, with one query for all of them.

    What does not open is passed over, and noted.

    Returns:
        What was found, shelf by shelf.

    Raises:
        VaultError: one of them is a drawer, and closed.
    """
    if any(shelf.is_shut for shelf, _ in wanted):
        raise VaultError
    labels = [{shelf.label(kind.name): kind for kind in kinds} for shelf, kinds in wanted]
    asked = [{label: kind.within for label, kind in kinds.items()} for kinds in labels]
    rows = lying([(shelf, each) for (shelf, _), each in zip(wanted, asked, strict=True)])
    theirs = {row.bond_id for row in rows if row.bond_id}
    secrets = store.secrets_of(theirs) if theirs else {}
    both = zip(wanted, labels, strict=True)
    return [_gathered(rows, shelf, by_label, secrets) for (shelf, _), by_label in both]


def _gathered(
    rows: list[Record], shelf: Shelf, by_label: Mapping[bytes, Kind[Any]], secrets: Mapping[UUID, bytes]
) -> Gathered:
    found: dict[str, list[Kept[Any]]] = {kind.name: [] for kind in by_label.values()}
    mine = [row for row in rows if bytes(row.label) in by_label]
    key = damage.opened(SECRET, shelf.owner, partial(shelf.key_with, secrets)) if mine else None
    for row in mine:
        if key is None:
            break
        kind = by_label[bytes(row.label)]
        if kept := damage.opened(ROW, row.pk, partial(_open, row, shelf, kind, key)):
            found[kind.name].append(kept)
    for records in found.values():
        records.sort(key=lambda kept: (kept.at, kept.ref))
    return Gathered(found=found)


def find[D: DataclassInstance](shelf: Shelf, kind: Kind[D]) -> list[Kept[D]]:
    """Find all records of one kind that open, oldest first.

    Raises:
        VaultError: it is a drawer, and closed.
    """
    return gather(shelf, kind).of(kind)


def get[D: DataclassInstance](shelf: Shelf, kind: Kind[D], ref: UUID) -> Kept[D]:
    """Open one record.

    Raises:
        NotThere: there is none of this kind on this shelf.
        VaultError: it does not open.
    """
    return _open(_row(shelf, kind, ref), shelf, kind, shelf.key())


def remove(shelf: Shelf, kind: Kind[Any], ref: UUID) -> None:
    """Take a record away without a trace; one that is gone already is passed over."""
    with writing():
        shelf.locked()
        _rows(shelf, kind, ref).delete()


def keep_left[D: DataclassInstance](shelf: Shelf, kind: Kind[D], kept: Kept[D], left: D | None) -> None:
    """Keep what is left of a record once words were taken back, also in a closed bond; of nothing, nothing stays."""
    if left is None:
        remove(shelf, kind, kept.ref)
    else:
        replace(shelf, kind, kept.ref, left, at=kept.at, closed=True)


def clear(shelf: Shelf, kind: Kind[Any], *over: UUID) -> None:
    """Take away what is over, as a page comes upon it; where the disk takes nothing, it waits for the next page."""
    if not over:
        return
    try:
        with writing():
            shelf.locked()
            Record.objects.filter(pk__in=over, label=shelf.label(kind.name), **shelf.column).delete()
    except DatabaseError as problem:
        if not cannot_store(problem):
            raise


def remove_older(shelf: Shelf, kind: Kind[Any], *, than: date) -> None:
    """Take away the records of a kind that were last changed before a day, without opening them."""
    Record.objects.filter(label=shelf.label(kind.name), day__lt=than, **shelf.column).delete()


def ref_in(text: str) -> UUID | None:
    """Return the id of a record as a form sent it, or None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


@contextmanager
def changing(shelf: Shelf, *, closed: bool = False) -> Iterator[None]:
    """Change what a shelf holds, one at a time, so that what is counted first still holds at the end.

    Args:
        shelf: which.
        closed: whether that may be in a closed bond as well.

    Raises:
        BondNotOpen: it belongs to a bond in which nothing new is kept.
        KeyRenewed: the bond, or the person, has another key by now.
    """
    with writing():
        bond = shelf.locked()
        allowed = {Bond.State.OPEN, Bond.State.CLOSED} if closed else {Bond.State.OPEN}
        if bond is not None and bond.state not in allowed:
            raise BondNotOpen
        yield


def sealed_as(label: Buffer) -> str:
    """Return what a record is sealed as: not its kind, which is inside, but the mark it is found by."""
    return f"record:{bytes(label).hex()}"


def _rows(shelf: Shelf, kind: Kind[Any], ref: UUID) -> Any:
    return Record.objects.filter(pk=ref, label=shelf.label(kind.name), **shelf.column)


def _row(shelf: Shelf, kind: Kind[Any], ref: UUID) -> Record:
    row: Record | None = _rows(shelf, kind, ref).first()
    if row is None:
        raise NotThere
    return row


def _seal[D: DataclassInstance](
    row: Record, shelf: Shelf, kind: Kind[D], document: D, at: datetime, *, about: str = ""
) -> Kept[D]:
    row.day = at.date()
    row.sealed = sealed(
        row, shelf,
        {KIND: kind.name, SCHEMA: kind.schema, ABOUT: about, AT: at.isoformat(), BODY: asdict(document)},
    )  # fmt: skip
    row.save()
    return Kept(ref=row.pk, author=shelf.me, at=at, document=document)


def sealed(row: Record, shelf: Shelf, document: Document) -> bytes:
    """Seal a whole document, in its place on a shelf.

    Raises:
        VaultError: this shelf takes nothing.
    """
    key, before = shelf.lock(row.pk)
    return before + seal(
        key, scope=shelf.scope, scope_id=shelf.owner, kind=sealed_as(row.label), row=row.pk, author=shelf.me,
        schema=OUTER_SCHEMA, key_version=shelf.key_version, document=document,
    )  # fmt: skip


def opened(row: Record, shelf: Shelf, key: bytes) -> tuple[UUID, Document]:
    """Open a whole document that lies on a shelf, of whatever kind.

    Returns:
        Its author, and the document.

    Raises:
        VaultError: it does not open here.
    """
    key, record = shelf.unlock(row.pk, bytes(row.sealed), key)
    return open_by_one_of(
        shelf.authors, key, record, scope=shelf.scope, scope_id=shelf.owner, kind=sealed_as(row.label),
        row=row.pk, schema=OUTER_SCHEMA,
    )  # fmt: skip


def _open[D: DataclassInstance](row: Record, shelf: Shelf, kind: Kind[D], key: bytes) -> Kept[D]:
    author, document = opened(row, shelf, key)
    return _read(row.pk, author, kind, document)


@refusing(KeyError, TypeError, ValueError)
def _read[D: DataclassInstance](ref: UUID, author: UUID, kind: Kind[D], document: dict[str, Any]) -> Kept[D]:
    if (document[KIND], document[SCHEMA]) != (kind.name, kind.schema):
        raise ValueError
    at = datetime.fromisoformat(document[AT])
    return Kept(ref=ref, author=author, at=at, document=kind.shape(**document[BODY]))
