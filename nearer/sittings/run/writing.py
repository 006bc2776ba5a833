"""Writing into the sealed log of a sitting: a move, another in its place, or none where one was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from nearer.protocol import Move, encode
from nearer.sittings.models import Entry
from nearer.sittings.run import marks
from nearer.sittings.run.log import SCHEMA, Played, Run, kind_of, played_through
from nearer.vault.envelope import Scope, seal


def write(run: Run, played: Played, *, seq: int) -> None:
    """Seal one move and store it as number `seq`."""
    _write(run, played, seq=seq, author=run.place.me.user_id)


def _write(run: Run, played: Played, *, seq: int, author: UUID) -> None:
    entry = Entry(bond_id=run.sitting.bond_id, sitting=run.sitting, seq=seq)
    _seal(entry, run, played, author=author)
    entry.save(force_insert=True)


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
    return replace(run, log=log, positions=played_through(run.header.first, log))


def unwrite(run: Run, gone: Collection[int]) -> Run:
    """Take moves out of a sitting without a trace; those after them move up.

    Raises:
        IllegalMove: what follows cannot be played without them.
    """
    first = min(gone)
    stays = [(played, author_of(run, seq)) for seq, played in enumerate(run.log) if seq not in gone]
    log = tuple(played for played, _ in stays)
    positions = played_through(run.header.first, log)
    run.sitting.entries.filter(seq__gte=first).delete()
    for seq, (played, author) in enumerate(stays[first:], start=first):
        _write(run, played, seq=seq, author=author)
    return replace(run, log=log, positions=positions)


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
        "version": run.header.room.dialogue.version(),
        **marks.written(encode(played.move)),
    }
    entry.sealed = seal(
        run.key, scope=Scope.BOND, scope_id=run.sitting.bond_id, kind=kind_of(run.sitting.pk, entry.seq), row=entry.pk,
        author=author, schema=SCHEMA, key_version=run.place.bond.key_version, document=document,
    )  # fmt: skip
