"""On which days the two had a time together, as far as both have told of it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from nearer.bonds.place import Place
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.moves import moment_of
from nearer.records.keeping import Gathered

KINDS = (dates.OUTING,)


def days(found: Gathered, place: Place) -> list[date]:
    """Return these days, where the reader lives."""
    told = (moment_of(each.was or each.begins) for each in dates.outings_in(found) if each.both_told)
    return [timezone.localdate(was) for was in told if was]
