"""Something to talk about, one question at a time: turned over here, and met once before all have been met."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nearer.bonds.visit import MemberRequest
from nearer.content.decks import deck
from nearer.practices.ourtime.wishes.views import around
from nearer.records.keeping import BondNotOpen
from nearer.sittings.run.drawn import draw

STARTERS = "time.starters"


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: MemberRequest) -> HttpResponse:
    """Turn a question over."""
    place = request.visit.place
    if place is None:
        return redirect("sittings:room", slug="our-time")
    if request.method == "POST":
        try:
            (entry,) = draw(place, STARTERS, 1, at=timezone.now())
        except BondNotOpen:
            return redirect("ourtime:home")
        return redirect(f"{reverse('ourtime:talk')}?card={entry.id}")
    known = {entry.id: entry.text for entry in deck(STARTERS).entries}
    context = {**around(place), "card": known.get(request.GET.get("card", ""), "")}
    return render(request, "ourtime/between/talk.html", context)
