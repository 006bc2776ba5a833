"""The page of a rhythm: an hour a week, a season, the path, and how often the two were together."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nearer.bonds.decorators import paired
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.records import keeping, putaway, seen
from nearer.records.keeping import BondNotOpen, ref_in
from nearer.records.shelf import Shelf
from nearer.rhythm import keeping as rhythm
from nearer.rhythm import path
from nearer.rhythm.forms import HourForm
from nearer.rhythm.hour_views import HELD, was_today
from nearer.rhythm.rules import WEEK, What, first_of, said_for, wish_of
from nearer.rhythm.shown import Look, kinds
from nearer.sittings.practice import practices
from nearer.web.no_room import needs_no_room


@require_safe
@paired
def page(request: MemberRequest, place: Place) -> HttpResponse:
    """Show all of it."""
    return _page(request, place, HourForm())


@require_POST
@paired
def suggest(request: MemberRequest, place: Place) -> HttpResponse:
    """Suggest an hour."""
    form, at = HourForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, place, form)
    begins = first_of(form.cleaned_data["day"], form.cleaned_data["hour"], after=timezone.localtime(at))
    with suppress(BondNotOpen):
        rhythm.suggest(place, begins, at=at)
    return there(place)


@needs_no_room()
@require_POST
@paired
def answer(request: MemberRequest, place: Place) -> HttpResponse:
    """Say yes to the other's suggestion, or end an hour or one's own suggestion; one that is gone needs no word."""
    ref, at = ref_in(request.POST.get("record", "")), timezone.now()
    with suppress(BondNotOpen):
        if ref and request.POST.get("answer") == "yes":
            rhythm.accept(place, ref, at=at)
        elif ref:
            rhythm.end(place, ref, at=at)
    return there(place)


@needs_no_room()
@require_POST
@paired
def wish(request: MemberRequest, place: Place) -> HttpResponse:
    """Say that one would like a season, or to see how often the two were together; or no more."""
    named, at = request.POST.get("what", ""), timezone.now()
    with suppress(BondNotOpen, ValueError):
        if request.POST.get("wish") == "yes":
            rhythm.wish(place, What(named), at=at)
        else:
            rhythm.wish_no_more(place, What(named), at=at)
    return there(place)


@require_POST
@paired
def choose(request: MemberRequest, place: Place) -> HttpResponse:
    """Choose a practice for this week, or none; a room that is gated is nobody's to choose for both."""
    named = request.POST.get("practice", "")
    if named in {"", *(room.dialogue.slug for room in practices() if not room.gated)}:
        with suppress(BondNotOpen):
            rhythm.choose(place, named, at=timezone.now())
    return there(place, "#path")


@require_POST
@paired
def lead(request: MemberRequest, place: Place) -> HttpResponse:
    """Be led on Today from now on, or no more."""
    path.lead(place, request.ring, on=request.POST.get("lead") == "yes", at=timezone.now())
    return there(place, "#path")


def there(place: Place, part: str = "") -> HttpResponse:
    """Lead to the page, or to a part of it."""
    return redirect(reverse("rhythm:page", args=[place.bond.pk]) + part)


def _page(request: MemberRequest, place: Place, form: HourForm) -> HttpResponse:
    at, hand = timezone.now(), Shelf.at_hand(request.user.pk, request.ring)
    found, own = putaway.gather(place, request.ring, *kinds()), keeping.gather(hand, path.LED, seen.SEEN)
    look, theirs = Look(found=found, place=place, at=at), place.their_card
    wishes = [kept.document for kept in found.of(rhythm.WISH)]
    said = [kept.document for kept in found.of(rhythm.SAID)]
    had = look.agreed and look.agreed.is_today and was_today(seen.until(own, place, HELD), at)
    context = {
        "place": place, "name": theirs.name if theirs else "", "tab": "us", "seen": look, "form": form,
        "following": look.agreed.comes + WEEK if look.agreed and had else None,
        "step": path.step_in(found, place, request.visit.face.unwanted, at=at), "led": path.is_led(own, place),
        "together": wish_of(place.seat, What.TOGETHER, wishes),
        "said": [said_for(place.seat, each.season, said) for each in said if each.seat == place.seat],
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "rhythm/page.html", context, status=status)
