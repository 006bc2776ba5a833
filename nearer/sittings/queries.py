"""What a member may list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from nearer.bonds.place import Place
from nearer.protocol import Dialogue, Mode
from nearer.sittings.header import Header
from nearer.sittings.letters import Letter, letter_of
from nearer.sittings.log import open_runs
from nearer.sittings.models import Sitting

RECENT = 50
AT_ONCE = 500  # of what is over: a long life together is read in few queries
PRACTISED = "practised"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A sitting in a list.

    Attributes:
        ref: its id.
        header: what it is.
        day: of its last move.
        letter: for letters, whose turn it is.
        offers: whether a reminder may be asked for.
        reminds: when this person is reminded, if they asked.
        reminded: whether that is now.
    """

    ref: UUID
    header: Header
    day: date
    letter: Letter | None = None
    offers: bool = False
    reminds: datetime | None = None
    reminded: bool = False


def open_sittings(place: Place, *, at: datetime) -> list[Listed]:
    """Return the sittings of a bond that are not over: one query, and two more when there are letters.

    Letters are in it once there is something in them for this person.

    Args:
        place: who looks.
        at: now.
    """
    rows = _rows(place, is_over=False)
    listed = [_listed(row, place) for row in rows]
    in_letters = {each.ref for each in listed if each.header.mode == Mode.ASYNC}
    if not in_letters:
        return listed
    runs = open_runs([row for row in rows if row.pk in in_letters], place)
    letters = {run.sitting.pk: letter_of(run, at) for run in runs}
    told = [replace(each, letter=letters.get(each.ref)) for each in listed]
    return [each for each in told if each.letter or each.ref not in in_letters]


def past_sittings(place: Place, *, most: int | None = RECENT, kept: bool = False) -> list[Listed]:
    """Return finished sittings, newest first; one query, and one more for each fifty that are passed over.

    Those that ended early take no place: one of the two could push the others out with them, and a letter
    that was begun and dropped is nobody's to see.

    Args:
        place: who looks.
        most: how many; None for all.
        kept: only those that both kept.
    """
    listed = (_listed(row, place) for row in _past_rows(place))
    return list(islice((each for each in listed if (each.header.kept if kept else each.header.done)), most))


def facts_for(place: Place, rules: type[Dialogue], mode: Mode = Mode.LIVE) -> dict[str, int]:
    """Return what a room asks to be told before it begins.

    `practised`: how many easy sittings of this practice the bond has finished. What was tapped on one
    phone, whose owner could have tapped it alone, counts on one phone only.
    """
    if PRACTISED not in {field.name for field in fields(rules)}:
        return {}
    past = [listed.header for listed in past_sittings(place, most=None)]
    easy = [h for h in past if h.practice == rules.slug and h.outcome.get("easy")]
    return {PRACTISED: sum(1 for h in easy if mode is Mode.ONE or h.mode != Mode.ONE)}


def _past_rows(place: Place) -> Iterator[Sitting]:
    first, rows = 0, _rows(place, is_over=True, most=AT_ONCE)
    while rows:
        yield from rows
        first += AT_ONCE
        rows = _rows(place, is_over=True, first=first, most=AT_ONCE) if len(rows) == AT_ONCE else []


def _rows(place: Place, *, is_over: bool, first: int = 0, most: int = RECENT) -> list[Sitting]:
    found = Sitting.objects.filter(bond=place.bond, is_over=is_over).order_by("-day", "pk")
    return list(found[first : first + most])


def _listed(row: Sitting, place: Place) -> Listed:
    return Listed(ref=row.pk, header=Header.of(row, place), day=row.day)
