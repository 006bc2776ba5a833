"""Taking back everything one has said in a bond, at once."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from nearer.bonds import first
from nearer.bonds.place import Place
from nearer.database import writing
from nearer.keepsakes import items as keepsakes
from nearer.plans import lines, parking
from nearer.sittings import sayings
from nearer.sittings.log import open_run
from nearer.sittings.models import Sitting


def withdraw_all(place: Place, *, at: datetime) -> None:
    """Take back all own words in a bond that were opened to the other; it may be closed.

    Args:
        place: whose.
        at: now.
    """
    with writing():
        for sitting in Sitting.objects.filter(bond=place.bond, entries__isnull=False).distinct():
            run = open_run(sitting, place)
            if sayings.may_look_back(run):
                _withdraw_from(
                    sitting, place, [s.words.where for s in sayings.sayings(run) if s.seat is run.seat], at
                )
        for line in lines.lines_of(place, at=at).lines:
            with suppress(lines.NotTheirs):
                lines.withdraw(place, line.ref, at=at)
        for item in parking.items_of(place):
            if item.mine:
                parking.let_go(place, item.ref, at=at)
        for keepsake in keepsakes.items_of(place, at=at):
            keepsakes.take_back(place, keepsake.ref, at=at)
        first.withdraw(place)


def _withdraw_from(sitting: Sitting, place: Place, wheres: list[str], at: datetime) -> None:
    for where in wheres:
        sayings.take_back(sitting.pk, place, where, at=at)
