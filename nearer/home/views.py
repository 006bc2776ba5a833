"""Today: what waits for us, who we are, what to begin. And the page about a bond."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nearer.accounts.door import CODE
from nearer.bonds import returns
from nearer.bonds.cards import Kin
from nearer.bonds.forms import KIN_NAMES
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.home import letting_in, rotation
from nearer.home.suggestions import suggested_rooms
from nearer.keepsakes import items as keepsakes
from nearer.plans import later, lines, parking
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings import queries, reminders
from nearer.sittings.practice import practices
from nearer.vault.errors import VaultError
from nearer.vault.models import StoredKey


@login_not_required
@require_safe
def today(request: MemberRequest) -> HttpResponse:
    """Welcome a stranger; show a member what today holds."""
    if not request.user.is_authenticated:
        return render(request, "web/welcome.html", {"rooms": practices()})
    if request.method == "GET":
        rotation.renew_when_due(request)
        letting_in.let_in_when_due(request)
    place = request.visit.place
    is_open = place is not None and place.bond.state == Bond.State.OPEN
    waiting = _waiting(request, place) if place and is_open else []
    at = timezone.now()
    found = keeping.gather(Shelf.of_bond(place), *lines.KINDS, later.LATER) if place and is_open else None
    plans = lines.lines_in(found, place, at=at) if place and found else None
    again = later.due_in(found, at) if found else []
    begun = waiting or (plans and plans.agreed)
    rooms = suggested_rooms(request.visit.face)
    context = {
        "tab": "today",
        "face": request.visit.face,
        "place": place,
        "places": request.visit.places,
        "state": place.bond.state if place else "",
        "waiting": waiting,
        "plans": plans,
        "is_first": place and is_open and not begun and not queries.past_sittings(place, most=1),
        "rooms": rooms,
        "first_room": min(rooms, key=lambda room: room.minutes, default=None),
        "unwanted": request.visit.face.unwanted,
        "again": [room for room in rooms if room.dialogue.slug in again],
        "unsaved_code": CODE in request.session,
        "today": timezone.now(),
        "promises": returns.promises(request.visit.places),
        "replaced": letting_in.tell_the_replaced(request) if request.method == "GET" else 0,
        "place_kept": request.method == "GET" and request.session.pop(letting_in.PLACE_KEPT, False),
    }
    return render(request, "home/today.html", context)


def _waiting(request: MemberRequest, place: Place) -> list[queries.Listed]:
    at = timezone.now()
    return reminders.beside(request, queries.open_sittings(place, at=at), at=at)


@require_safe
def us(request: MemberRequest) -> HttpResponse:
    """Show who the two are, what they plan, what waits for its own time, and what they kept."""
    place = request.visit.place
    if place is None:
        return redirect("bonds:invite")
    kept = queries.past_sittings(place, kept=True)
    found = keeping.gather(Shelf.of_bond(place), *lines.KINDS, parking.PARKED, keepsakes.KEEPSAKE)
    context = {
        "tab": "us",
        "place": place,
        "places": request.visit.places,
        "kin": KIN_NAMES[Kin(place.kin)],
        "kept": kept,
        "keepsakes": keepsakes.items_in(found, place, at=timezone.now()),
        "plans": lines.lines_in(found, place),
        "parked": parking.items_in(found, place),
        "parks": [room for room in practices() if room.parks],
        "state": place.bond.state,
        "is_open": place.bond.state == Bond.State.OPEN,
    }
    return render(request, "home/us.html", context)


@login_not_required
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether both databases answer and are migrated."""
    try:
        for alias in connections:
            connections[alias].ensure_connection()
        StoredKey.objects.exists()
        Bond.objects.exists()
    except (DatabaseError, VaultError):
        return HttpResponse("not ready\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")
