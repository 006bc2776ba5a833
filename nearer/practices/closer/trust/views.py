"""Saying four times a year how it is to rely on the other, and seeing how that goes: a page of one's own."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts.again import needs_drawer
from nearer.bonds.models import Bond
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.practices.closer.apps import CloserConfig
from nearer.practices.closer.trust import readings
from nearer.practices.closer.trust.forms import FeltForm, labels
from nearer.practices.closer.trust.readings import FELT, ITEMS, quarter_of
from nearer.pulse.growth import growth
from nearer.records import keeping
from nearer.records.drawer import drawer_of
from nearer.records.keeping import ref_in


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def year(request: PrivateRequest) -> HttpResponse:
    """Show somebody their own answers, and take those of this quarter."""
    place, at = request.visit.place, timezone.now()
    if place is None:
        return redirect("sittings:room", slug=CloserConfig.label)
    theirs = place.their_card
    name = theirs.name if theirs else ""
    drawer = drawer_of(request)
    found, is_open = readings.own(drawer, place), place.bond.state == Bond.State.OPEN
    now = next(
        (kept.document for kept in found if kept.document.quarter == quarter_of(timezone.localdate(at))), None
    )
    form = FeltForm(
        request.POST or None, name=name, initial={item: getattr(now, item) for item in ITEMS} if now else {}
    )
    if form.is_valid():
        if is_open:
            readings.say(place, request.ring, {item: form.cleaned_data[item] for item in ITEMS}, at=at)
        return redirect("closer:year")
    context = {
        "place": place, "name": name, "is_open": is_open, "form": form, "now": now, "found": found[::-1],
        "lines": [growth(label, readings.points_of(found, item)) for item, label in labels(name).items()], "tab": "us",
    }  # fmt: skip
    return render(
        request,
        "closer/between/year.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@require_POST
@needs_drawer
def forget(request: PrivateRequest) -> HttpResponse:
    """Remove one's own answers of a quarter; those that are gone need no word."""
    if ref := ref_in(request.POST.get("record", "")):
        keeping.remove(drawer_of(request), FELT, ref)
    return redirect("closer:year")


@require_POST
def not_now(request: MemberRequest) -> HttpResponse:
    """Let it be for this quarter."""
    if place := request.visit.place:
        readings.let_be(place, request.ring, at=timezone.now())
    return redirect("home:today")
