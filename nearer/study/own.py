"""Somebody's own answers as a table, with what the two see of each other's pictures: nothing else of the other is in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from nearer.bonds.place import Place
from nearer.closeness.picture import keeping as pictures
from nearer.records.shelf import Shelf
from nearer.study import keeping as study
from nearer.study.codebook import WEEK, Cells, own_table, said

MINE, THEIRS = 1, 2


def table(drawer: Shelf, place: Place, *, at: datetime) -> str:
    """Return it as comma-separated values; its codebook is `codebook(OWN)`.

    Args:
        drawer: whose, open.
        place: in which bond.
        at: now.

    Raises:
        VaultError: the drawer is closed.
    """
    return own_table([*_looks(drawer, place), *_weeks(place, at)])


def _looks(drawer: Shelf, place: Place) -> Iterator[Cells]:
    for kept in study.own(drawer, place):
        made = kept.document
        first: Cells = {"person": MINE, "wave": made.wave, "day": kept.day.isoformat()}
        yield first | said(made.picture, made.form, made.version, made.answers)


def _weeks(place: Place, at: datetime) -> Iterator[Cells]:
    seen = pictures.seen_of(place, at=at)
    for week in reversed(seen.own):
        yield {"person": MINE, "wave": WEEK, "day": week.monday.isoformat(), "picture": week.mine}
    open_to_both = {week.monday: week for week in (*seen.curve, seen.now) if week.is_open}
    for monday, week in sorted(open_to_both.items()):
        yield {"person": THEIRS, "wave": WEEK, "day": monday.isoformat(), "picture": week.theirs}
