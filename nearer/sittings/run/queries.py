"""What a member may list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, reduce
from itertools import islice, takewhile
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField

from nearer.bonds.place import Place
from nearer.prepared import Prepared
from nearer.protocol import Dialogue, Mode, Seat
from nearer.sittings.letters.turns import Letter, letter_of
from nearer.sittings.models import Sitting
from nearer.sittings.run.ahead import Ahead
from nearer.sittings.run.header import Header
from nearer.sittings.run.log import Run, open_runs, rows_in
from nearer.sittings.run.outside import Outside
from nearer.vault import store
from nearer.vault.keys import sitting_key

RECENT = 50
AT_ONCE = 500  # of what is over: a long life together is read in few queries
FEW = 5  # are asked for at first, where one or two are wanted
DAY = timedelta(days=1)
PRACTISED, BASICS = "practised", "basics"


class Door(StrEnum):
    """Who is in a room that both open together, for one of the two."""

    SHUT = "shut"  # nobody
    CALLS = "calls"  # the other waits there
    WAITS = "waits"  # I wait there
    RUNS = "runs"  # both were there, and it goes on


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A sitting in a list.

    Attributes:
        ref: its id.
        header: what it is.
        day: of its last move, where the reader lives.
        letter: for letters, whose turn it is.
        door: live, who is in the room.
        back: in a break, when both come back.
        called: whether a break is over, and both are called back.
        offers: whether a reminder may be asked for.
        reminds: when this person is reminded, if they asked.
        reminded: whether that is now.
    """

    ref: UUID
    header: Header
    day: date
    letter: Letter | None = None
    door: Door = Door.SHUT
    back: datetime | None = None
    called: bool = False
    offers: bool = False
    reminds: datetime | None = None
    reminded: bool = False


def open_sittings(place: Place, *, at: datetime) -> list[Listed]:
    """Return the sittings of a bond that are not over: see `open_in`."""
    return open_in([place], at=at)[place.bond.pk]


def open_in(places: Sequence[Place], *, at: datetime) -> dict[UUID, list[Listed]]:
    """Return the sittings that are not over, by bond: two queries, and one more where there are letters.

    What does not open is passed over, and noted.

    Letters are in it once there is something in them for this person.

    Args:
        places: theirs, of whoever looks.
        at: now.
    """
    bonds = [place.bond.pk for place in places]
    rows = _open_of(len(bonds))(bonds)
    # What has lost its secret was ended: an older copy of the records may still call it open.
    alive = store.secrets_of([row.pk for row in rows])
    found = {place.bond.pk: [row for row in rows if row.bond_id == place.bond.pk] for place in places}
    listed = {
        place.bond.pk: list(_listed((row for row in found[place.bond.pk] if row.pk in alive), place))
        for place in places
    }
    modes = {each.ref: each.header.mode for several in listed.values() for each in several}
    outside = {
        row.pk: Ahead.read(row, sitting_key(place.key, alive[row.pk])).outside
        for place in places
        for row in found[place.bond.pk]
        if modes.get(row.pk) == Mode.LIVE and row.seq
    }
    # Of a live one the log is asked only where nothing was written down for lists, or the bond has a new key since.
    asked = [row for row in rows if modes.get(row.pk) == Mode.ASYNC or outside.get(row.pk, True) is None]
    moves = rows_in(asked)
    for place in places:
        mine = [row for row in asked if row.bond_id == place.bond.pk]
        runs = {run.sitting.pk: run for run in open_runs(mine, place, alive, moves)} if mine else {}
        outside |= {ref: Outside.of(run) for ref, run in runs.items()}
        told = [
            _told(each, outside.get(each.ref), runs.get(each.ref), place.seat, at)
            for each in listed[place.bond.pk]
        ]
        listed[place.bond.pk] = [each for each in told if each]
    return listed


def _told(
    listed: Listed, outside: Outside | None, run: Run | None, seat: Seat, at: datetime
) -> Listed | None:
    """Return a sitting with what its reader may be told of it; None where that is nothing, or time has ended it."""
    if outside is None:
        return None if listed.header.mode == Mode.ASYNC else listed
    back = outside.back_at(at)
    told = replace(listed, back=back if back and at < back else None, called=bool(back and back <= at))
    if run is not None and listed.header.mode == Mode.ASYNC:
        letter = letter_of(run, at)
        return replace(told, letter=letter) if letter else None
    return None if outside.is_over(at) else replace(told, door=_door(outside.ready, seat))


def _door(ready: frozenset[Seat], seat: Seat) -> Door:
    if ready >= set(Seat):
        return Door.RUNS
    if seat in ready:
        return Door.WAITS
    return Door.CALLS if seat.other in ready else Door.SHUT


def past_sittings(
    place: Place,
    *,
    most: int | None = RECENT,
    kept: bool = False,
    away: Collection[str] = (),
    since: date | None = None,
) -> list[Listed]:
    """Return finished sittings, newest first; one query, and one more for each fifty that are passed over.

    Those that ended early take no place: one of the two could push the others out with them, and a letter
    that was begun and dropped is nobody's to see.

    Args:
        place: who looks.
        most: how many; None for all.
        kept: only those that both kept.
        away: the ids of those that this person put out of their own sight.
        since: only those of this day and later ones; a day earlier counts too, where the zones of the two differ.
    """
    return list(past_one_by_one(place, most=most, kept=kept, away=away, since=since))


def past_one_by_one(
    place: Place,
    *,
    most: int | None = RECENT,
    kept: bool = False,
    away: Collection[str] = (),
    since: date | None = None,
) -> Iterator[Listed]:
    """Yield what `past_sittings` returns; each is opened when it is asked for, so whoever stops early opens no more."""
    few = FEW if most is not None and most < FEW else RECENT
    first = AT_ONCE if most is None and since is None else few
    rows = takewhile(lambda row: since is None or row.day >= since - DAY, _past_rows(place, first))
    listed = _listed((row for row in rows if str(row.pk) not in away), place)
    return islice((each for each in listed if (each.header.kept if kept else each.header.done)), most)


def facts_for(place: Place, rules: type[Dialogue], mode: Mode = Mode.LIVE) -> dict[str, int]:
    """Return what a room asks to be told before it begins.

    `practised`: how many easy sittings of this practice the bond has finished; `basics`: how many of the practices that a
    harder one builds on. What was tapped on one phone, whose owner could have tapped it alone, counts on one phone only.
    """
    asked = {PRACTISED, BASICS} & {field.name for field in fields(rules)}
    if not asked:
        return {}
    past = [listed.header for listed in past_sittings(place, most=None)]
    easy = [h for h in past if h.outcome.get("easy") and (mode is Mode.ONE or h.mode != Mode.ONE)]
    counts = {
        PRACTISED: sum(h.practice == rules.slug for h in easy),
        BASICS: sum(h.room.dialogue.basic for h in easy),
    }
    return {name: counts[name] for name in asked}


@cache
def _open_of(bonds: int) -> Prepared[Sitting]:
    def question(ids: list[Any]) -> QuerySet[Sitting]:
        where = reduce(or_, (Q(bond=each) for each in ids))
        return Sitting.objects.filter(where, is_over=False).order_by("-day", "pk")[: RECENT * bonds]

    return Prepared(question, UUIDField())


@cache
def _newest(most: int) -> Prepared[Sitting]:
    return Prepared(lambda bond: _over(bond)[:most], UUIDField())


def _over(bond: Any) -> QuerySet[Sitting]:  # Any: a bond's id, or where it will stand
    return Sitting.objects.filter(bond=bond, is_over=True).order_by("-day", "pk")


def _past_rows(place: Place, most: int) -> Iterator[Sitting]:
    rows, seen = _newest(most)(place.bond.pk), 0
    while rows:
        yield from rows
        seen += len(rows)
        is_last, most = len(rows) < most, AT_ONCE
        rows = [] if is_last else list(_over(place.bond.pk)[seen : seen + most])


def _listed(rows: Iterable[Sitting], place: Place) -> Iterator[Listed]:
    for row in rows:
        if header := Header.or_none(row, place):
            yield Listed(ref=row.pk, header=header, day=header.day(row))
