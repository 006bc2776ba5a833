"""The sealed log of a sitting: entries in, position out.

Entries are sealed under a key made of the bond's key and the sitting's own secret in the key store.
Erasing that secret makes every word of the sitting unreadable, in old backups too, and a member's
keys without the key store cannot open the other's sealed answer early.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from nearer.bonds.place import Place
from nearer.protocol import Dialogue, Mode, Move, Seat, decode, encode
from nearer.sittings import marks
from nearer.sittings.header import Header
from nearer.sittings.models import Entry, Sitting
from nearer.vault import store
from nearer.vault.envelope import Scope, open_by_one_of, seal
from nearer.vault.errors import VaultError
from nearer.vault.keys import sitting_key

KIND, SCHEMA = "entry", 1


@dataclass(frozen=True, kw_only=True)
class Played:
    """One accepted move.

    Attributes:
        seat: whose; None when time made it.
        move: what was played.
        at: when it was accepted.
        for_other: entered on one phone by its owner for the other.
    """

    seat: Seat | None
    move: Move
    at: datetime
    for_other: bool = False


@dataclass(frozen=True, kw_only=True)
class Run:
    """A sitting opened for one request.

    Attributes:
        sitting: its row.
        place: who is looking, with the bond's key.
        header: what it is.
        log: every move so far.
        position: where they are now.
    """

    sitting: Sitting
    place: Place
    header: Header
    log: tuple[Played, ...] = ()
    position: Dialogue
    key: bytes = field(repr=False, default=b"")

    @property
    def seat(self) -> Seat:
        """The seat of whoever is looking."""
        return self.place.seat


def open_run(sitting: Sitting, place: Place, *, secret: bytes | None = None) -> Run:
    """Open a sitting and play its log from the start.

    Args:
        sitting: its row.
        place: who is looking.
        secret: its secret in the key store, when that has been fetched already.

    Raises:
        VaultError: a header or an entry does not open, or one is missing.
    """
    was_over = sitting.is_over
    try:
        return _run(sitting, place, secret)
    except VaultError:
        # Its words may have been erased, because the two ended it, since the row was read.
        sitting.refresh_from_db()
        if sitting.is_over == was_over:
            raise
    return _run(sitting, place)


def open_runs(sittings: Collection[Sitting], place: Place) -> list[Run]:
    """Open several sittings of a bond, with as many queries as for one."""
    prefetch_related_objects(list(sittings), "entries")
    secrets = store.secrets_of([sitting.pk for sitting in sittings])
    return [open_run(sitting, place, secret=secrets.get(sitting.pk)) for sitting in sittings]


def _run(sitting: Sitting, place: Place, secret: bytes | None = None) -> Run:
    header = Header.of(sitting, place)
    start = header.first
    rows = list(sitting.entries.all())
    if sitting.is_over and not rows:
        return Run(sitting=sitting, place=place, header=header, position=start)
    # More rows than the sitting tells of are moves made meanwhile, or in letters what only one of the two
    # knows of; fewer, or a gap, is a forgery.
    if len(rows) < sitting.seq or any(row.seq != seq for seq, row in enumerate(rows)):
        raise VaultError
    key = sitting_key(place.key, secret or store.secret_of(sitting.pk))
    log = tuple(_opened(row, sitting=sitting, place=place, header=header, key=key) for row in rows)
    return Run(sitting=sitting, place=place, header=header, log=log, position=replay(start, log), key=key)


def replay(start: Dialogue, log: tuple[Played, ...]) -> Dialogue:
    """Play a log from a first position."""
    position = start
    for played in log:
        position = position.play(played.seat, played.move, played.at)
    return position


def heard(run: Run) -> int:
    """How many moves whoever is looking may know of: in letters not of what the other is about to send."""
    return sum(_heard_by(run, run.seat))


def told(run: Run) -> int:
    """How many moves both may know of: the number that a row and its stream may say to either."""
    return sum(all(both) for both in zip(*(_heard_by(run, seat) for seat in Seat), strict=True))


def length_when(run: Run, number: int) -> int | None:
    """Return how long the log was when whoever is looking had heard this many moves; None if they never had."""
    lengths = [0, *(at for at, known in enumerate(_heard_by(run, run.seat), start=1) if known)]
    return lengths[number] if 0 <= number < len(lengths) else None


def _heard_by(run: Run, seat: Seat) -> list[bool]:
    """Say of each move whether this seat may know of it."""
    if run.header.mode != Mode.ASYNC:
        return [True] * len(run.log)
    position, known = run.header.first, []
    for played in run.log:
        after = position.play(played.seat, played.move, played.at)
        known.append(played.seat is seat or _known(after, seat) != _known(position, seat))
        position = after
    return known


def _known(position: Dialogue, seat: Seat) -> tuple[Dialogue, Seat | None]:
    # That the other paused shows at once, also beside what they have not sent.
    return replace(position.known_to(seat), behind=()), position.paused_by


def write(run: Run, played: Played, *, seq: int) -> Entry:
    """Seal one move and store it as number `seq`."""
    entry = Entry(sitting=run.sitting, seq=seq)
    _seal(entry, run, played, author=run.place.me.user_id)
    entry.save(force_insert=True)
    return entry


def write_again(run: Run, seq: int, move: Move) -> Run:
    """Seal a move anew in the place of number `seq`: the same move, of the same author, with other words in it.

    Returns:
        The sitting as it reads now.
    """
    played = replace(run.log[seq], move=move)
    entry = run.sitting.entries.get(seq=seq)
    _seal(entry, run, played, author=author_of(run, seq))
    entry.save(update_fields=["sealed"])
    log = (*run.log[:seq], played, *run.log[seq + 1 :])
    return replace(run, log=log, position=replay(run.header.first, log))


def author_of(run: Run, seq: int) -> UUID:
    """Return who sealed a move: on one phone its owner seals the other's as well."""
    played = run.log[seq]
    seat = played.seat or run.seat
    return run.place.user_at(seat.other if played.for_other else seat)


def _seal(entry: Entry, run: Run, played: Played, *, author: UUID) -> None:
    document: dict[str, Any] = {
        "seat": played.seat,
        "at": played.at.isoformat(),
        "for_other": played.for_other,
        **marks.written(encode(played.move)),
    }
    entry.sealed = seal(
        run.key, scope=Scope.BOND, scope_id=run.sitting.bond_id, kind=kind_of(run.sitting.pk, entry.seq), row=entry.pk,
        author=author, schema=SCHEMA, key_version=run.place.bond.key_version, document=document,
    )  # fmt: skip


def _opened(row: Entry, *, sitting: Sitting, place: Place, header: Header, key: bytes) -> Played:
    members = [m.user_id for m in (place.me, place.them) if m]
    author, document = open_by_one_of(
        members, key, bytes(row.sealed), scope=Scope.BOND, scope_id=sitting.bond_id, kind=kind_of(sitting.pk, row.seq),
        row=row.pk, schema=SCHEMA,
    )  # fmt: skip
    seat = Seat(document["seat"]) if document["seat"] else None
    for_other = document.get("for_other", False)
    if seat and not _may_have_written(author, seat, for_other=for_other, place=place, header=header):
        raise VaultError
    move = decode(marks.read(document, row.seq), header.room.kinds.values())
    at = datetime.fromisoformat(document["at"])
    return Played(seat=seat, move=move, at=at, for_other=for_other)


def _may_have_written(author: UUID, seat: Seat, *, for_other: bool, place: Place, header: Header) -> bool:
    """Say whether an entry's author could have made this seat's move: on one phone its owner makes both."""
    if not for_other:
        return place.user_at(seat) == author
    owner = Seat(header.starter)
    return header.mode == Mode.ONE and seat is owner.other and place.user_at(owner) == author


def kind_of(sitting: UUID, seq: int) -> str:
    """Return what an entry is sealed as: its sitting and its number, so that rows cannot be swapped or repeated."""
    return f"{KIND}:{sitting}:{seq}"
