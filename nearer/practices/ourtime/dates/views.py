"""The pages of dates: put one forward, answer, move or let go in one tap, and say how it was."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.calendars import looking
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.forms import LookForm, OfferForm, TellForm
from nearer.practices.ourtime.dates.keeping import Item
from nearer.practices.ourtime.dates.rules import NotOpen, may_be_weekly
from nearer.practices.ourtime.moves import quarter_of
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.pulse import readings
from nearer.pulse.readings import Reading
from nearer.records import putaway
from nearer.records.keeping import BondNotOpen, Gathered, NotThere, ref_in
from nearer.records.shelf import Shelf
from nearer.sittings.page.between import around
from nearer.web.once import mark_of
from nearer.web.sure import before_it_goes
from nearer.web.unsent import given_back


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: MemberRequest) -> HttpResponse:
    """Put a date forward, or other times for one that is there."""
    place = request.visit.place
    if place is None:
        return redirect("sittings:room", slug="our-time")
    found = putaway.gather(place, request.ring, wishes.WISHES, dates.OUTING, *looking.KINDS)
    item = _item(request, found, place)
    if any(_named(request, n) and not _item(request, found, place, named=n) for n in ("record", "again")):
        return given_back(request, "act", "cue", then=redirect("ourtime:home"))
    if request.method == "POST":
        return _put_forward(request, place, found, item)
    return _offer(request, place, found, OfferForm(initial=_begun(request, found, place, item)), item)


def _put_forward(request: MemberRequest, place: Place, found: Gathered, item: Item | None) -> HttpResponse:
    form, said = OfferForm(request.POST), request.POST
    refused = partial(_offer, request, place, found, form, item, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not form.is_valid():
        return refused()
    if hint := before_it_goes(request, said.get("act", ""), said.get("cue", "")):
        return refused(hint=hint)
    outing = form.outing(place.seat, _known(request, found, place))
    try:
        dates.offer(place, outing, item.ref if item else None, at=timezone.now(), once=mark_of(request))
    except dates.DatesFull:
        plenty = _("Twelve dates lie ahead, and that is plenty. Let one go, and there is room again.")
        form.add_error(None, plenty)
        return refused()
    except (NotThere, BondNotOpen):
        return given_back(request, "act", "cue", then=redirect("ourtime:home"))
    return redirect("ourtime:home")


@require_POST
def look(request: MemberRequest) -> HttpResponse:
    """Look for a time in both calendars, or not any more. What both have free is found once both look."""
    place, form, at = request.visit.place, LookForm(request.POST), timezone.now()
    if place is None:
        return redirect("ourtime:home")
    try:
        if request.POST.get("answer") == "back":
            looking.take_back(place)
        elif form.is_valid():
            said = form.cleaned_data
            looking.look(place, request.ring, minutes=said["minutes"] or 60, about=said["about"], at=at)
    except looking.NothingSaid:
        return redirect("calendars:times")
    except BondNotOpen:
        return redirect("ourtime:home")
    return redirect("ourtime:offer")


@require_POST
def answer(request: MemberRequest) -> HttpResponse:
    """Say yes to a time, look for another one, let it go, or take back how it was. One that is gone needs no word."""
    place, ref, said = (
        request.visit.place,
        ref_in(request.POST.get("record", "")),
        request.POST.get("answer", ""),
    )
    if place is None or ref is None:
        return redirect("ourtime:home")
    at = timezone.now()
    try:
        if said == "move":
            dates.move(place, ref, at=at)
            return redirect(f"{reverse('ourtime:offer')}?record={ref}")
        if said == "go":
            dates.let_go(place, ref, at=at)
        elif said == "untell":
            dates.take_back(place, ref, at=at)
        elif said.isdecimal():
            dates.accept(place, ref, int(said[:9]), at=at)
    except (NotThere, NotOpen, BondNotOpen):
        pass
    return redirect("ourtime:home")


@require_http_methods(["GET", "HEAD", "POST"])
def after(request: MemberRequest) -> HttpResponse:
    """Say how it was: the best moment, about how long, and whether again."""
    place, at = request.visit.place, timezone.now()
    if place is None:
        return redirect("sittings:room", slug="our-time")
    found = putaway.gather(place, request.ring, dates.OUTING)
    item, form = _item(request, found, place), TellForm(request.POST or None)
    if item is None or not item.it.may_tell(place.seat, at):
        return given_back(request, "words", then=redirect("ourtime:home"))
    sent = request.method == "POST" and form.is_valid()
    hint = before_it_goes(request, form.cleaned_data["words"]) if sent else None
    if sent and not hint:
        try:
            dates.tell(place, item.ref, form.told, at=at)
        except (NotThere, NotOpen, BondNotOpen):
            return given_back(request, "words", then=redirect("ourtime:home"))
        _note_presence(request, place, item, form.cleaned_data["present"], at)
        return redirect("ourtime:home")
    context = {**around(place), "item": item, "form": form, "hint": hint}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or hint else HTTPStatus.OK
    return render(request, "ourtime/between/after.html", context, status=status)


def _note_presence(request: MemberRequest, place: Place, item: Item, level: int | None, at: datetime) -> None:
    """Keep how present somebody felt, for themselves alone: into their drawer, which need not be open."""
    if request.ring.private:
        name = place.their_card.name if place.their_card else ""
        reading = Reading(bond=str(place.bond.pk), name=name, sitting=str(item.ref), present=level)
        readings.give(Shelf.of_person(request.user.pk, request.ring), reading, at=at)


def _offer(
    request: MemberRequest, place: Place, found: Gathered, form: OfferForm, item: Item | None, *,
    status: int = HTTPStatus.OK, **more: Any,
) -> HttpResponse:  # Any: a hint  # fmt: skip
    at = timezone.now()
    context = {
        **around(place), "seen": looking.looking_in(found, place, at=at), "form": form, "item": item, "idea": _known(request, found, place),
        "weekly": may_be_weekly(dates.outings_in(found), place.seat, at), **more,
    }  # fmt: skip
    return render(request, "ourtime/between/offer.html", context, status=status)


def _begun(request: MemberRequest, found: Gathered, place: Place, item: Item | None) -> dict[str, Any]:
    """Return what a new date begins with: an idea, or what is there already."""
    if item:
        return {"act": item.it.act, "cue": item.it.cue, "minutes": item.it.minutes}
    at = timezone.now()
    seen = looking.looking_in(found, place, at=at)
    times = zip(("first", "second", "third"), seen.slots, strict=False)
    begun: dict[str, Any] = {"weekly": request.GET.get("weekly") == "yes"}
    begun |= {name: quarter_of(slot.starts) for name, slot in times}
    if about := (seen.slots and seen.found) or seen.mine or seen.theirs:
        begun |= {"act": about.about, "minutes": _near(about.minutes)}
    if again := _item(request, found, place, named="again"):
        return {**begun, "act": again.it.act, "minutes": again.it.minutes}
    idea = wishes.ideas_for(found, place, at=at).get(request.GET.get("idea", ""))
    return {**begun, "act": idea.act, "minutes": _near(idea.facts.get("minutes", 60))} if idea else begun


def _known(request: MemberRequest, found: Gathered, place: Place) -> str:
    if again := _item(request, found, place, named="again"):
        return again.it.idea
    named = request.POST.get("idea") or request.GET.get("idea") or ""
    return named if named in wishes.ideas_for(found, place, at=timezone.now()) else ""


def _near(minutes: int) -> int:
    return min((20, 45, 60, 90, 120, 180, 240, 480), key=lambda each: abs(each - minutes))


def _named(request: MemberRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name) or ""


def _item(request: MemberRequest, found: Gathered, place: Place, *, named: str = "record") -> Item | None:
    ref = ref_in(_named(request, named))
    items = dates.items_in(found, place, at=timezone.now())
    return next((item for item in items if item.ref == ref), None)
