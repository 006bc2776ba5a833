"""Giving a pulse, looking at one's own, and removing one. Nobody else has a page of these."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nearer.accounts.again import needs_drawer
from nearer.bonds.decorators import paired
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.pulse import readings
from nearer.pulse.forms import PulseForm
from nearer.pulse.readings import ITEMS, Reading
from nearer.records.keeping import ref_in
from nearer.records.shelf import Shelf
from nearer.web.back import back, page_before
from nearer.web.no_room import needs_no_room


@require_POST
@paired
def give(request: MemberRequest, place: Place) -> HttpResponse:
    """Keep what somebody felt, for themselves alone; what goes into the drawer needs no opening of it."""
    shelf = _own_shelf(request)
    theirs = place.their_card
    name = theirs.name if theirs else ""
    form = PulseForm(request.POST, name=name)
    if not form.is_valid():
        context = {"form": form, "place": place, "name": name, "next": page_before(request), "tab": "us"}
        return render(request, "pulse/give.html", context, status=422)
    data = form.cleaned_data
    levels = {item: data[item] for item in ITEMS}
    reading = Reading(bond=str(place.bond.pk), name=name, sitting=str(data["sitting"] or ""), **levels)
    if reading.is_empty:  # what "Not now" is
        return redirect("home:today")
    readings.give(shelf, reading, at=timezone.now())
    return back(request, part="pulse")


@require_safe
@needs_drawer
def own(request: PrivateRequest) -> HttpResponse:
    """Show somebody their own readings."""
    found = readings.own(_own_shelf(request))
    return render(request, "pulse/own.html", {"found": found, "tab": "us"})


@needs_no_room()
@require_POST
@needs_drawer
def forget(request: PrivateRequest) -> HttpResponse:
    """Remove one of one's own readings; one that is not there needs no word."""
    shelf = _own_shelf(request)
    if ref := ref_in(request.POST.get("record", "")):
        readings.forget(shelf, ref)
    return redirect("pulse:own")


def _own_shelf(request: MemberRequest) -> Shelf:
    """Return the person's own shelf: the one way here by which a private key is used.

    Raises:
        VaultError: this session does not hold it.
    """
    return Shelf.of_person(request.user.pk, request.ring, request.visit.drawer)
