"""What a rhythm shows on Today: the day of the hour, one that was suggested, the end of a season, a Sunday, the week's practice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from nearer.records import cards as gathered
from nearer.records import seen
from nearer.records.cards import Here
from nearer.records.keeping import Kind
from nearer.rhythm import path
from nearer.rhythm.hour_views import HELD, WHERE, is_new, was_today
from nearer.rhythm.keeping import KINDS as OURS
from nearer.rhythm.rules import Phase
from nearer.rhythm.shown import Look
from nearer.sittings.practice import switches
from nearer.web.cards import Card, Rank

KINDS: tuple[Kind[Any], ...] = (*OURS, *switches())  # Any: of whichever shape
OWN = (path.LED, seen.SEEN)


def cards(here: Here) -> Iterator[Card]:
    """Yield what the day has; of what was not done there is never anything."""
    look = Look(found=here.found, place=here.place, at=here.at)
    if when := look.suggested:
        rank = Rank.GOING if when.mine else Rank.MINE
        yield Card(place=rank, template="rhythm/cards/suggested.html", context={"when": when})
    had = was_today(seen.until(here.own, here.place, HELD), here.at)
    if look.agreed and look.agreed.is_today and not had:
        yield Card(place=Rank.PLANNED, template="rhythm/cards/hour.html", context={"when": look.agreed})
    if look.season.phase is Phase.TALK:
        yield Card(place=Rank.NEW, template="rhythm/cards/talk.html")
    looks_back = bool(here.request.ring.private) and is_new(seen.until(here.own, here.place, WHERE), here.at)
    if looks_back and gathered.week(here.request, here.place, at=here.at):
        yield Card(place=Rank.NEW, template="rhythm/cards/week.html")
    if look.is_open and path.is_led(here.own, here.place):
        step = path.step_in(here.found, here.place, here.request.visit.face.unwanted, at=here.at)
        if step.room:
            yield Card(place=Rank.NEXT, template="rhythm/cards/path.html", context={"step": step})


def waiting(heres: Sequence[Here]) -> set[UUID]:
    """Return in which of these bonds an hour was suggested to this person."""
    looks = (Look(found=here.found, place=here.place, at=here.at) for here in heres)
    return {look.place.bond.pk for look in looks if look.suggested and not look.suggested.mine}
