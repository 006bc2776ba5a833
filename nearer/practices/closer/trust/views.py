"""Saying four times a year how it is to rely on the other, and seeing how that goes: a page of one's own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts.again import needs_drawer
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.practices.closer.apps import CloserConfig
from nearer.practices.closer.trust import readings
from nearer.practices.closer.trust.drawing import drawings
from nearer.practices.closer.trust.forms import FeltForm
from nearer.practices.closer.trust.readings import FELT, ITEMS, quarter_of
from nearer.records import keeping
from nearer.records.drawer import drawer_of
from nearer.records.keeping import ref_in
from nearer.sittings.page.between import around, in_bond


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
@in_bond(CloserConfig.label)
def year(request: PrivateRequest, place: Place) -> HttpResponse:
    """Show somebody their own answers, and take those of this quarter."""
    whose, at = around(place), timezone.now()
    found, name = readings.own(drawer_of(request), place), whose["name"]
    this = quarter_of(timezone.localdate(at))
    now = next((kept.document for kept in found if kept.document.quarter == this), None)
    initial = {item: getattr(now, item) for item in ITEMS} if now else {}
    form = FeltForm(request.POST or None, name=name, initial=initial)
    if form.is_valid():
        if whose["is_open"]:
            readings.say(place, request.ring, {item: form.cleaned_data[item] for item in ITEMS}, at=at)
        return redirect("closer:year")
    context = {
        **whose, "form": form, "now": now, "found": found[::-1], "tab": "us",
        "lines": drawings(found, name),
    }  # fmt: skip
    return render(request, "closer/between/year.html", context, status=422 if form.errors else 200)


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
