"""The check-up: a page of one's own, with one's drawer open. Nothing here is ever shown to the other, nor can be shared."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts.again import needs_drawer
from nearer.bonds.decorators import paired
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.closeness.checkup import asking
from nearer.closeness.checkup import keeping as checkups
from nearer.closeness.checkup.forms import CheckupForm
from nearer.closeness.checkup.instruments import Instrument, fitting, instruments
from nearer.closeness.checkup.keeping import CHECKUP, Checkup
from nearer.closeness.checkup.screens import Screen, next_screen, shown
from nearer.closeness.picture import keeping as pictures
from nearer.pulse import readings
from nearer.records import keeping
from nearer.records.keeping import ref_in
from nearer.records.shelf import Shelf
from nearer.sittings.practice import practices
from nearer.web.no_room import needs_no_room
from nearer.web.once import mark_of
from nearer.web.unsent import given_back


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def page(request: PrivateRequest, bond: UUID) -> HttpResponse:
    """Show somebody their own check-ups, and take a new one."""
    place = request.visit.take(bond)
    offered = fitting(place.kin)
    named = request.POST.get("form", "") or request.GET.get("form", "")
    chosen = next((each for each in offered if each.name == named), None)
    form = CheckupForm(request.POST or None, form=chosen)
    if screen := next_screen(request.POST if request.method == "POST" else None, form):
        return _page(request, place, form, offered, screen)
    if place.bond.state != Bond.State.OPEN:
        return given_back(request, "good", then=_there(place))
    theirs = place.their_card
    made = Checkup(
        bond=str(bond), name=theirs.name if theirs else "", good=form.cleaned_data["good"],
        form=chosen.name if chosen else "", version=chosen.version if chosen else 0, answers=form.answers,
    )  # fmt: skip
    if made.good or made.answers:
        keeping.put(_drawer(request), CHECKUP, made, at=timezone.now(), once=mark_of(request))
        asking.let_be(place, request.ring, at=timezone.now())
    return _there(place)


@require_POST
@paired
def let_be(request: MemberRequest, place: Place) -> HttpResponse:
    """Let it be for half a year: Today asks no more until then."""
    asking.let_be(place, request.ring, at=timezone.now())
    return redirect("home:today")


@needs_no_room()
@require_POST
@needs_drawer
def forget(request: PrivateRequest, bond: UUID) -> HttpResponse:
    """Remove one of one's own; one that is gone needs no word."""
    place = request.visit.take(bond)
    if ref := ref_in(request.POST.get("record", "")):
        keeping.remove(_drawer(request), CHECKUP, ref)
    return _there(place)


def _drawer(request: PrivateRequest) -> Shelf:
    return Shelf.of_person(request.user.pk, request.ring, request.drawer)


def _there(place: Place) -> HttpResponse:
    return redirect("closeness:checkup", place.bond.pk)


def _page(
    request: PrivateRequest, place: Place, form: CheckupForm, offered: list[Instrument], screen: Screen
) -> HttpResponse:
    at, drawer = timezone.now(), _drawer(request)
    found, theirs = checkups.own(drawer, place), place.their_card
    last = found[0] if found else None
    used = instruments().get(last.document.form) if last else None
    looked = pictures.seen_of(place, at=at)
    context = {
        **shown(form, screen), "place": place, "name": theirs.name if theirs else "", "tab": "us", "offered": offered,
        "is_open": place.bond.state == Bond.State.OPEN, "begins": form.is_bound or "form" in request.GET,
        "found": found, "last": last, "used": used, "said": checkups.said_of(used, found) if used else None,
        "is_low": bool(last and checkups.is_low(last)), "is_soon": checkups.is_soon(found, at=at),
        "pictures": checkups.pictures_say(looked.own, today=timezone.localdate(at)),
        "grown": [room.grows.grown(drawer, place) for room in practices() if room.grows],
        "pulse": [each for each in readings.own(drawer) if each.key == str(place.bond.pk) and not each.is_early],
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if screen.is_wrong else HTTPStatus.OK
    return render(request, "closeness/checkup.html", context, status=status)
