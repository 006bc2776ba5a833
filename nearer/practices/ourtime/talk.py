"""Something to talk about, one question at a time: turned over here, and met once before all have been met.

Some grow from what the two did in other rooms, which say of what themselves; those are made anew on each page.
"""

from __future__ import annotations

from secrets import randbelow
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.content.decks import deck
from nearer.records import putaway
from nearer.records.keeping import BondNotOpen, Gathered, Kind
from nearer.sittings.page.between import around
from nearer.sittings.practice import practices
from nearer.sittings.run.drawn import draw

STARTERS, OURS = "time.starters", "ours"


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: MemberRequest) -> HttpResponse:
    """Turn a question over: a new one, or one that grew from what the two did."""
    place = request.visit.place
    if place is None:
        return redirect("sittings:room", slug="our-time")
    own = grown(putaway.gather(place, request.ring, *kinds()), place)
    if request.method == "POST":
        return _turned(place, len(own) if request.POST.get("from") == OURS else 0)
    card, known = request.GET.get("card", ""), {entry.id: entry.text for entry in deck(STARTERS).entries}
    known |= {f"{OURS}.{number}": text for number, text in enumerate(own)}
    context = {**around(place), "card": known.get(card, ""), "ours": OURS if own else ""}
    return render(request, "ourtime/between/talk.html", context)


def kinds() -> list[Kind[Any]]:  # Any: of whichever shape
    """Return the kinds of record that questions grow from."""
    return [kind for room in practices() if room.starters for kind in room.starters.KINDS]


def grown(found: Gathered, place: Place) -> list[str]:
    """Return the questions that grow from what the two did elsewhere, among what was gathered of that."""
    return [text for room in practices() if room.starters for text in room.starters.grown(found, place)]


def _turned(place: Place, own: int) -> HttpResponse:
    try:
        card = f"{OURS}.{randbelow(own)}" if own else draw(place, STARTERS, 1, at=timezone.now())[0].id
    except BondNotOpen:
        return redirect("ourtime:home")
    return redirect(f"{reverse('ourtime:talk')}?card={card}")
