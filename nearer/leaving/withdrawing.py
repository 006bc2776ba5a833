"""Taking back everything one has said in a bond, at once."""

from __future__ import annotations

from datetime import datetime

from nearer.bonds import first
from nearer.bonds.place import Place
from nearer.closeness import belongings as closeness
from nearer.database import writing
from nearer.keepsakes import items as keepsakes
from nearer.plans import lines, parking
from nearer.rhythm import belongings as rhythm
from nearer.sittings.models import Sitting
from nearer.sittings.practice import practices
from nearer.sittings.run.log import arrived, run_or_none
from nearer.sittings.taking_back import sayings
from nearer.study import belongings as study


def withdraw_all(place: Place, *, at: datetime) -> None:
    """Take back all own words in a bond that the other still has; it may be closed.

    What is the other's own stays, also their answer to what is taken back.

    Args:
        place: whose.
        at: now.
    """
    with writing():
        _withdraw_sittings(place, at)
        lines.withdraw_all(place, at=at)
        for item in parking.items_of(place):
            if item.mine:
                parking.let_go(place, item.ref, at=at)
        for keepsake in keepsakes.items_of(place, at=at):
            keepsakes.take_back(place, keepsake.ref, at=at)
        closeness.withdraw(place, at=at)
        study.withdraw(place, at=at)
        rhythm.withdraw(place, at=at)
        first.withdraw(place)
        for room in practices():
            room.belongings.withdraw(place, at=at)


def _withdraw_sittings(place: Place, at: datetime) -> None:
    for sitting in Sitting.objects.filter(bond=place.bond, entries__isnull=False).distinct():
        found = run_or_none(sitting, place)
        run = arrived(found, at) if found else None
        if run and sayings.may_look_back(run):
            for saying in sayings.sayings(run):
                if saying.seat is run.seat:
                    sayings.take_back(sitting.pk, place, saying.words.where, at=at)
