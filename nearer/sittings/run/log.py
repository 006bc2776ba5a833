"""The sealed log of a sitting: entries in, position out.

Entries are sealed under a key made of the bond's key and the sitting's own secret in the key store.
Erasing that secret makes every word of the sitting unreadable, in old backups too, and a member's
keys without the key store cannot open the other's sealed answer early.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial, reduce
from itertools import accumulate, pairwise
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q, UUIDField

from nearer.bonds.place import Place
from nearer.prepared import Prepared
from nearer.protocol import (
    Dialogue,
    IllegalMove,
    Leave,
    Mode,
    Move,
    Seat,
    TimeUp,
    UnreadableMove,
    decode,
)
from nearer.protocol.versions import carried
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.run import marks
from nearer.sittings.run.header import KIND as SITTING
from nearer.sittings.run.header import Header
from nearer.vault import damage, store
from nearer.vault.envelope import Scope, open_by_one_of
from nearer.vault.errors import VaultError, refusing
from nearer.vault.keys import sitting_key

KIND, SCHEMA = "entry", 1
MOST = 8
MADE = Prepared(
    lambda bond, sitting: (
        Entry.objects.filter(Q(bond=bond) | Q(bond=None), sitting=sitting)
        .order_by("seq")
        .values_list("pk", "seq", "sealed")
    ),
    UUIDField(),
    UUIDField(),
)
MADE_IN = Prepared(
    lambda sittings: (
        Entry.objects.filter(reduce(or_, (Q(sitting=each) for each in sittings)))
        .order_by("sitting", "seq")
        .values_list("sitting_id", "pk", "seq", "sealed")
    ),
    UUIDField(),
)


class Row(NamedTuple):
    """A stored move: its id, its number, and what is sealed."""

    pk: UUID
    seq: int
    sealed: bytes


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
        positions: where they were before the first move, and after each.
    """

    sitting: Sitting
    place: Place
    header: Header
    log: tuple[Played, ...] = ()
    positions: tuple[Dialogue, ...]
    key: bytes = field(repr=False, default=b"")

    @property
    def position(self) -> Dialogue:
        """Where they are now."""
        return self.positions[-1]

    @property
    def seat(self) -> Seat:
        """The seat of whoever is looking."""
        return self.place.seat

    @cached_property
    def scenes(self) -> tuple[tuple[Any, ...], ...]:  # Any: see Dialogue.scene
        """The step before the first move, and after each."""
        return tuple(position.scene() for position in self.positions)

    @cached_property
    def known(self) -> dict[Seat, list[bool]]:
        """Of each move, whether a seat may know of it."""
        return {seat: _known_moves(self, seat) for seat in Seat}


def open_run(
    sitting: Sitting, place: Place, *, secret: bytes | None = None, rows: Sequence[Row] | None = None
) -> Run:
    """Open a sitting and play its log from the start.

    Args:
        sitting: its row.
        place: who is looking.
        secret: its secret in the key store, when that has been fetched already.
        rows: its moves, when they have been fetched already.

    Raises:
        VaultError: a header or an entry does not open, or one is missing; which, is noted.
    """
    was_over = sitting.is_over
    with damage.noticing() as unopened:
        try:
            return _run(sitting, place, secret, rows)
        except VaultError:
            # Its words may have been erased, because the two ended it, since the row was read.
            sitting.refresh_from_db()
            if sitting.is_over == was_over:
                raise
        unopened.clear()
    return _run(sitting, place)


def open_runs(
    sittings: Collection[Sitting],
    place: Place,
    secrets: Mapping[UUID, bytes] | None = None,
    rows: Mapping[UUID, Sequence[Row]] | None = None,
) -> list[Run]:
    """Open several sittings of a bond, with as many queries as for one; one that does not open is passed over.

    Args:
        sittings: their rows.
        place: who is looking.
        secrets: theirs in the key store, when they have been fetched already.
        rows: their moves, when they have been fetched already.
    """
    rows = rows if rows is not None else rows_in(sittings)
    secrets = secrets if secrets is not None else store.secrets_of([sitting.pk for sitting in sittings])
    runs = (run_or_none(each, place, secret=secrets.get(each.pk), rows=rows[each.pk]) for each in sittings)
    return [run for run in runs if run]


def run_or_none(
    sitting: Sitting, place: Place, *, secret: bytes | None = None, rows: Sequence[Row] | None = None
) -> Run | None:
    """Open a sitting, for a list: see `open_run`; where it does not open, that is noted."""
    return damage.opened(SITTING, sitting.pk, partial(open_run, sitting, place, secret=secret, rows=rows))


def rows_in(sittings: Collection[Sitting]) -> dict[UUID, list[Row]]:
    """Return the stored moves of several sittings, by sitting and in order; one query."""
    found: dict[UUID, list[Row]] = {sitting.pk: [] for sitting in sittings}
    for sitting, *row in MADE_IN.rows(list(found)):
        found[sitting].append(Row(*row))
    return found


def end_unopened(sitting: Sitting) -> None:
    """End a sitting of which nobody can tell what was said, with no key: its words go, and their secret."""
    Entry.objects.filter(sitting=sitting).delete()
    Sitting.objects.filter(pk=sitting.pk).update(is_over=True)
    transaction.on_commit(partial(store.erase, [sitting.pk]))


@refusing(IllegalMove, KeyError, TypeError, ValueError)
def _run(
    sitting: Sitting, place: Place, secret: bytes | None = None, rows: Sequence[Row] | None = None
) -> Run:
    header = Header.of(sitting, place)
    rows = rows if rows is not None else [Row(*row) for row in MADE.rows(sitting.bond_id, sitting.pk)]
    if sitting.is_over and not rows:
        return Run(sitting=sitting, place=place, header=header, positions=(header.first,))
    secret = secret or store.secrets_of([sitting.pk]).get(sitting.pk)
    if secret is None:
        # What has lost its secret was ended: since its row was read, or whatever an older copy of it says.
        sitting.refresh_from_db()
        sitting.is_over = True
        header = Header.of(sitting, place)
        return Run(sitting=sitting, place=place, header=header, positions=(header.first,))
    # More rows than the sitting tells of are moves made meanwhile, or in letters what only one of the two
    # knows of; fewer, or a gap, is a forgery.
    if len(rows) < sitting.seq or any(row.seq != seq for seq, row in enumerate(rows)):
        raise VaultError
    key, header = sitting_key(place.key, secret), header.opened(sitting, secret)
    start, authors = header.first, [m.user_id for m in (place.me, place.them) if m]
    open_one = partial(
        _opened, sitting=sitting, name=str(sitting.pk), place=place, header=header, authors=authors, key=key
    )
    log = tuple(played for row in rows if (played := damage.opened(KIND, row.pk, partial(open_one, row))))
    if len(log) < len(rows):
        raise VaultError
    if sitting.is_over and header.keeps and isinstance(log[-1].move, Leave):
        log = log[:-1]  # what both kept stays as it was before one of them left it
    return Run(
        sitting=sitting, place=place, header=header, log=log, positions=played_through(start, log), key=key
    )


def played_through(start: Dialogue, log: tuple[Played, ...]) -> tuple[Dialogue, ...]:
    """Play a log from a first position; return that, and where each move led."""
    return tuple(accumulate(log, lambda was, made: was.play(made.seat, made.move, made.at), initial=start))


def replay(start: Dialogue, log: tuple[Played, ...]) -> Dialogue:
    """Return where a log leads from a first position."""
    return played_through(start, log)[-1]


def lapsed(run: Run, at: datetime) -> Run:
    """Return the sitting with every move that time has made by now. Nothing is stored by this."""
    return _with_time(run, at, lambda _: True)


def arrived(run: Run, at: datetime) -> Run:
    """Return letters with what has reached the other by now; that they rest is not said by this."""
    return _with_time(run, at, lambda position: position.waiting is not None)


def _with_time(run: Run, at: datetime, goes_on: Callable[[Dialogue], bool]) -> Run:
    while (due := run.position.due) is not None and due <= at and goes_on(run.position):
        passed = Played(seat=None, move=TimeUp(), at=due)
        after = run.position.lapse(due)
        run = replace(run, positions=(*run.positions, after), log=(*run.log, passed))
    return run


def by_time(run: Run) -> list[tuple[datetime, Run]]:
    """Return what time alone makes of a sitting, until nothing more comes or it has changed a few times: when, and how it is then."""
    later: list[tuple[datetime, Run]] = []
    while (due := run.position.due) is not None and len(later) < MOST:
        run = lapsed(run, due)
        later.append((due, run))
    return later


def heard(run: Run) -> int:
    """How many moves whoever is looking may know of: not of what the other is about to send, or has sealed."""
    return sum(heard_by(run, run.seat))


def told(run: Run) -> int:
    """How many moves both may know of: the number that a row and its stream may say to either."""
    return sum(all(both) for both in zip(*(heard_by(run, seat) for seat in Seat), strict=True))


def length_when(run: Run, number: int) -> int | None:
    """Return how long the log was when whoever is looking had heard this many moves; None if they never had."""
    lengths = [0, *(at for at, known in enumerate(heard_by(run, run.seat), start=1) if known)]
    return lengths[number] if 0 <= number < len(lengths) else None


def heard_by(run: Run, seat: Seat) -> list[bool]:
    """Say of each move whether this seat may know of it. On one phone both were there.

    What was sealed is known once it has opened to them; what was sealed for a step that was passed over, never.
    """
    return run.known[seat]


def passed_over(run: Run) -> set[int]:
    """Return which moves were sealed for a step that was left before both were in: nothing ever opens them."""
    gone: set[int] = set()
    sealed: set[int] = set()  # in this step
    for number, (played, (before, after)) in enumerate(zip(run.log, pairwise(run.scenes), strict=True)):
        if played.move.sealed:
            sealed.add(number)
        if after != before:
            gone |= set() if played.move.sealed else sealed
            sealed = set()
    return gone


def _known_moves(run: Run, seat: Seat) -> list[bool]:
    if run.header.mode == Mode.ONE:
        return [True] * len(run.log)
    known: list[bool] = []
    sealed: list[int] = []  # in this step
    opened: list[int] = []  # by the move that made them complete, though it may still be on its way
    steps = zip(run.log, pairwise(run.positions), pairwise(run.scenes), strict=True)
    for number, (played, (position, after), (scene, then)) in enumerate(steps):
        known.append(played.seat is seat or _tells(played.move, position, after, seat))
        if played.move.sealed:
            sealed.append(number)
        if then != scene:
            opened += sealed if played.move.sealed else []
            sealed = []
        if opened and seat not in dict(after.behind):
            known = [knows or at in opened for at, knows in enumerate(known)]
    return known


def _tells(move: Move, before: Dialogue, after: Dialogue, seat: Seat) -> bool:
    """Say whether somebody who did not make a move learns of it."""
    if after.mode is Mode.ASYNC:
        return _known(after, seat) != _known(before, seat)
    # A sealed answer tells the other nothing before theirs is in, not even by a count.
    return not move.sealed or after.view(seat) != before.view(seat)


def _known(position: Dialogue, seat: Seat) -> tuple[Dialogue, Seat | None]:
    # That the other paused shows at once, also beside what they have not sent.
    return replace(position.known_to(seat), behind=()), position.paused_by


def _opened(
    row: Row, *, sitting: Sitting, name: str, place: Place, header: Header, authors: list[UUID], key: bytes
) -> Played:
    author, document = open_by_one_of(
        authors, key, bytes(row.sealed), scope=Scope.BOND, scope_id=sitting.bond_id, kind=kind_of(name, row.seq),
        row=row.pk, schema=SCHEMA,
    )  # fmt: skip
    if author is authors[0]:
        authors.reverse()  # two who talk take turns: whoever wrote this is tried last for the next
    seat = Seat(document["seat"]) if document["seat"] else None
    for_other = document.get("for_other", False)
    if seat and not _may_have_written(author, seat, for_other=for_other, place=place, header=header):
        raise VaultError
    rules, kinds = header.room.dialogue, header.room.kinds.values()
    stored, since = marks.read(document, row.seq), document.get("version", header.version)
    try:
        move = decode(carried(stored, since=since, steps=rules.steps), kinds)
    except UnreadableMove:
        raise VaultError from None  # written by a newer program than this
    at = datetime.fromisoformat(document["at"])
    return Played(seat=seat, move=move, at=at, for_other=for_other)


def _may_have_written(author: UUID, seat: Seat, *, for_other: bool, place: Place, header: Header) -> bool:
    """Say whether an entry's author could have made this seat's move: on one phone its owner makes both."""
    if not for_other:
        return place.user_at(seat) == author
    owner = Seat(header.starter)
    return header.mode == Mode.ONE and seat is owner.other and place.user_at(owner) == author


def kind_of(sitting: UUID | str, seq: int) -> str:
    """Return what an entry is sealed as: its sitting and its number, so that rows cannot be swapped or repeated."""
    return f"{KIND}:{sitting}:{seq}"
