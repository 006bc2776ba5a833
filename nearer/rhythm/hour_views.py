"""An hour together, step by step, and a look back on the week. Where somebody is in it stands in the address alone."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from nearer.bonds.decorators import paired
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.records import cards, putaway, seen
from nearer.records.keeping import BondNotOpen
from nearer.rhythm import keeping as rhythm
from nearer.rhythm import path
from nearer.rhythm.shown import Look, kinds
from nearer.sittings.practice import practices
from nearer.web import cards as in_order

WHERE, HELD, SUNDAY = "week", "hour", 6


class Part(StrEnum):
    """The parts of an hour."""

    ARRIVE = "arrive"
    PRACTISE = "practise"
    GLAD = "glad"
    NEXT = "next"
    END = "end"


NAMES: dict[Part, Promise] = {
    Part.ARRIVE: _("Arrive"), Part.PRACTISE: _("Practise"), Part.GLAD: _("Be glad"), Part.NEXT: _("Plan the next"),
}  # fmt: skip


def is_new(until: datetime | None, at: datetime) -> bool:
    """Whether it is Sunday, and the week that ends has not been looked back on; `until` is when somebody last did."""
    return timezone.localdate(at).weekday() == SUNDAY and (until is None or at - until > timedelta(days=1))


def was_today(until: datetime | None, at: datetime) -> bool:
    """Whether somebody has gone through the hour on this day; `until` is when they last came to its end."""
    return until is not None and timezone.localdate(until) == timezone.localdate(at)


@require_safe
@paired
def hour(request: MemberRequest, place: Place) -> HttpResponse:
    """Lead the two through an hour: how they are, one practice, one appreciation each, the next one."""
    named, at = request.GET.get("part", ""), timezone.now()
    part = Part(named) if named in set(Part) else Part.ARRIVE
    found, order = putaway.gather(place, request.ring, *kinds()), list(Part)
    look = Look(found=found, place=place, at=at)
    context = {
        "place": place, "name": place.their_card.name if place.their_card else "", "tab": "us", "part": part,
        "parts": NAMES.items(), "following": order[min(order.index(part) + 1, len(order) - 1)],
        "seen": look, "added": "added" in request.GET,
        "template": f"rhythm/parts/{part}.html",
    }  # fmt: skip
    if part is Part.PRACTISE:
        context["step"] = path.step_in(found, place, request.visit.face.unwanted, at=at)
    if part is Part.ARRIVE:
        context["arrivals"] = [reverse(room.arrives) for room in practices() if room.arrives]
    if part is Part.END and look.agreed:
        seen.note(request, place, HELD, at=at)
    return render(request, "rhythm/hour.html", context)


@require_POST
@paired
def plan_next(request: MemberRequest, place: Place) -> HttpResponse:
    """Put the next hour into both calendars."""
    with suppress(BondNotOpen):
        rhythm.plan_next(place, at=timezone.now())
    return redirect(f"{reverse('rhythm:hour', args=[place.bond.pk])}?part={Part.NEXT}&added")


@require_safe
@paired
def week(request: MemberRequest, place: Place) -> HttpResponse:
    """Look back on the last seven days: what the two did and kept, as far as both may see it."""
    at = timezone.now()
    found = in_order.us(cards.week(request, place, at=at))
    if found and is_new(seen.until(seen.gathered(request), place, WHERE), at):
        seen.note(request, place, WHERE, at=at)
    return render(request, "rhythm/week.html", {"place": place, "cards": found, "tab": "us", "today": at})
