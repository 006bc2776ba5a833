"""Pages of one's own: which comfort is good, and what helped; what of it the other may see."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts.again import needs_drawer
from nearer.bonds.visit import PrivateRequest
from nearer.practices.support.known import keeping as known
from nearer.practices.support.known.rules import TOUCHES, Comforts
from nearer.records import keeping, one_each, putaway
from nearer.records.drawer import drawer_of
from nearer.records.keeping import BondNotOpen, ref_in
from nearer.sittings.page.between import around

SAYS = ("yes", "no")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def touch(request: PrivateRequest) -> HttpResponse:
    """Show somebody what they noted of comfort without words, and note it anew."""
    drawer, place = drawer_of(request), request.visit.place
    if request.method == "POST":
        said = {touch: request.POST.get(touch) for touch in TOUCHES}
        found = Comforts(**{each: tuple(t.value for t, how in said.items() if how == each) for each in SAYS})
        known.note(drawer, found, at=timezone.now())
        return redirect("support:touch")
    mine, shown = known.comforts(drawer), putaway.gather(place, request.ring, known.SHOWN) if place else None
    context = {
        **around(place), "mine": mine, "rows": [(each, _of(mine, each)) for each in TOUCHES],
        "shown": one_each.of(shown, known.SHOWN, place.seat) if place and shown else None,
        "theirs": one_each.of(shown, known.SHOWN, place.seat.other, shown=True) if place and shown else None,
    }  # fmt: skip
    return render(request, "support/between/touch.html", context)


@require_POST
@needs_drawer
def show_touch(request: PrivateRequest) -> HttpResponse:
    """Show the other what one noted, or take it back."""
    place, at = request.visit.place, timezone.now()
    if place:
        with suppress(BondNotOpen):
            if request.POST.get("how") == "show":
                known.show(place, known.comforts(drawer_of(request)), at=at)
            elif request.POST.get("how") == "hide":
                known.hide(place, known.SHOWN)
    return redirect("support:touch")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def helps(request: PrivateRequest) -> HttpResponse:
    """Show somebody what helped; let a line go, or let the other be offered first what tends to help."""
    drawer, place, how = drawer_of(request), request.visit.place, request.POST.get("how", "")
    if request.method == "POST":
        if ref := ref_in(request.POST.get("record", "")):
            keeping.remove(drawer, known.HELPED, ref)
        with suppress(BondNotOpen):
            if place and how == "show":
                known.show_first(place, drawer, at=timezone.now())
            elif place and how == "hide":
                known.hide(place, known.FIRST)
        return redirect("support:helps")
    found = keeping.find(drawer, known.HELPED)[::-1]
    first = one_each.of(known.gathered(place), known.FIRST, place.seat) if place else None
    return render(request, "support/between/helps.html", {**around(place), "found": found, "first": first})


def _of(found: Comforts, touch: str) -> str:
    return "yes" if touch in found.yes else "no" if touch in found.no else ""
