"""Today: what waits for us, who we are, what to begin. And the page about a bond."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from nearer import clock
from nearer.accounts import nobody_yet
from nearer.accounts.ways_in.unsaved import CODE
from nearer.bonds import returns
from nearer.bonds.cards import Kin
from nearer.bonds.forms import KIN_NAMES
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.home import letting_in, rotation
from nearer.home.suggestions import NOTICES
from nearer.home.ways_back import LEFT
from nearer.notices import causes
from nearer.notices.apps import CALLED_BEFORE
from nearer.records import cards, putaway
from nearer.sittings.page.show import FRAGMENT
from nearer.sittings.practice import practices, suggested
from nearer.web import cards as in_order
from nearer.web.cards import Card, Part, Rank


@login_not_required
@require_safe
def today(request: MemberRequest) -> HttpResponse:
    """Welcome a stranger; show a member what today holds."""
    if not request.user.is_authenticated:
        return render(request, "web/welcome.html", {"rooms": practices(), "is_new": nobody_yet.is_open()})
    # A look that the page takes by itself is nobody's visit: what is told once is not told by it.
    is_part = FRAGMENT in request.headers
    visits = request.method == "GET" and not is_part
    if visits:
        rotation.renew_when_due(request)
        letting_in.let_in_when_due(request)
        if request.visit.face.called:
            causes.seen(request.user.pk)
    place, at = request.visit.place, clock.now()
    is_open = place is not None and place.bond.state == Bond.State.OPEN
    others = [
        each for each in request.visit.places if each is not place and each.bond.state == Bond.State.OPEN
    ]
    brought, waits = cards.today(request, place if is_open else None, others, at=at, visits=visits)
    brought = [*_asks_about_notices(request, brought), *brought]
    context = {
        "tab": "today",
        "face": request.visit.face,
        "place": place,
        "places": request.visit.places,
        "state": place.bond.state if place else "",
        "cards": in_order.today(brought),
        "elsewhere": waits,
        "first_away": place is not None and not is_open and _first_is_away(request, place),
        "rooms": suggested(request.visit.face.unwanted),
        "unwanted": request.visit.face.unwanted,
        "unsaved_code": CODE in request.session,
        "today": at,
        "promises": returns.promises(request.visit.places),
        "replaced": letting_in.tell_the_replaced(request) if visits else 0,
        "called_before": CALLED_BEFORE in request.session,
        "place_kept": visits and request.session.pop(letting_in.PLACE_KEPT, False),
        **(_has_left(request) if visits else {}),
    }
    template = "home/cards.html" if is_part else "home/today.html"
    return render(request, template, context)


def _has_left(request: MemberRequest) -> dict[str, Any]:  # Any: plain values for a page
    """Return, once, that somebody has just left a bond, and until when they may come back to it."""
    left = request.session.pop(LEFT, None)
    return {"has_left": left is not None, "back_until": datetime.fromisoformat(left) if left else None}


def _asks_about_notices(request: MemberRequest, brought: list[Card]) -> list[Card]:
    """Return the card that asks about notices: after the first plan or letter, until somebody has said yes or no."""
    face = request.visit.face
    asks = any(card.calls for card in brought) and not face.called and NOTICES not in face.unwanted
    return [Card(place=Rank.ASKS, template="home/notices/card.html")] if asks else []


def _first_is_away(request: MemberRequest, place: Place) -> bool:
    """Whether the first question, which some pages show without cards, was put away by whoever looks."""
    return any(thing.ref == str(place.bond.pk) for thing in putaway.things(place, request.ring))


@require_safe
def us(request: MemberRequest) -> HttpResponse:
    """Show who the two are, what they keep and plan, and what each has for themselves alone."""
    place = request.visit.place
    if place is None:
        return redirect("bonds:invite")
    brought = in_order.us(cards.us(request, place, at=clock.now(), visits=request.method == "GET"))
    context = {
        "tab": "us",
        "place": place,
        "places": request.visit.places,
        "kin": KIN_NAMES[Kin(place.kin)],
        "cards": [card for card in brought if card.place is not Part.ALONE],
        "alone": [card for card in brought if card.place is Part.ALONE],
        "state": place.bond.state,
    }
    return render(request, "home/us.html", context)
