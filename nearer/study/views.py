"""Before and after: a page of one's own, with one's drawer open, and what its forms do."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts.again import needs_drawer
from nearer.bonds.decorators import paired
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.closeness.checkup.screens import Screen, next_screen, shown
from nearer.records import keeping
from nearer.records.drawer import drawer_of
from nearer.records.keeping import BondNotOpen, ref_in
from nearer.records.shelf import Shelf
from nearer.study import box, giving, looks, own
from nearer.study import keeping as study
from nearer.study.codebook import OWN, codebook
from nearer.study.forms import LookForm
from nearer.study.rules import Answers, What
from nearer.web.no_room import needs_no_room

GIVE, BACK = "give", "back"


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def page(request: PrivateRequest, bond: UUID) -> HttpResponse:
    """Show how it stands, and take the answers of the look that is open."""
    place = request.visit.take(bond)
    seen = looks.seen(request, place, at=timezone.now())
    sent = request.POST if request.method == "POST" else None
    form = seen.form(sent)
    if sent is not None and not seen.is_there:
        return _there(place)
    if screen := next_screen(sent, form):
        return _page(request, place, seen, form, screen)
    study.answer(drawer_of(request), _made(place, seen, form), at=timezone.now())
    return _there(place)


@needs_no_room()
@require_POST
@needs_drawer
def wish(request: PrivateRequest, bond: UUID) -> HttpResponse:
    """Say yes to the looks or to giving, or no more."""
    place, there = request.visit.take(bond), box.there()
    what = What.GIVE if request.POST.get("what") == What.GIVE else What.LOOK
    with suppress(BondNotOpen):
        if request.POST.get("wish") != "yes":
            (giving.stop if what is What.GIVE else giving.stop_look)(place)
        elif what is What.LOOK:
            study.wish(place, what, at=timezone.now())
        elif there and looks.may_give(place, there, at=timezone.now()):
            study.wish(place, what, at=timezone.now(), study=str(there.pk))
    return _there(place)


@needs_no_room()
@require_POST
@needs_drawer
def give(request: PrivateRequest, bond: UUID) -> HttpResponse:
    """Give one look of one's own to the study, take it back, or remove it here; what is gone needs no word."""
    place, there, drawer = request.visit.take(bond), box.there(), drawer_of(request)
    ref = ref_in(request.POST.get("record", ""))
    found = next((kept for kept in study.own(drawer, place) if kept.ref == ref), None)
    if found is None:
        return _there(place)
    if request.POST.get("do") == GIVE:
        with suppress(giving.NotNow, BondNotOpen):
            if there and not request.user.deleted_on:  # on that day no key would be there to take it back
                giving.give(place, request.ring, there, found.document, at=timezone.now())
        return _there(place)
    giving.take_back(place, request.ring, there, found.document)
    if request.POST.get("do") != BACK:
        keeping.remove(drawer, study.ANSWERS, found.ref)
    return _there(place)


@require_POST
@paired
def let_be(request: MemberRequest, place: Place) -> HttpResponse:
    """Let the look that is open be: Today asks no more."""
    at = timezone.now()
    now = study.stand_of(place, None, at=at)
    if now.wave is not None and now.begun is not None:
        hand = Shelf.at_hand(request.user.pk, request.ring)
        study.settle(hand, str(place.bond.pk), now.begun, now.wave, at=at)
    return redirect("home:today")


@needs_no_room()
@require_POST
@needs_drawer
def table(request: PrivateRequest, bond: UUID) -> HttpResponse:
    """Give somebody their own answers, and what both see, as a table with its codebook."""
    place, out = request.visit.take(bond), BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr("answers.csv", own.table(drawer_of(request), place, at=timezone.now()))
        made.writestr("codebook.csv", codebook(OWN))
    answer = HttpResponse(out.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="answers.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


def _made(place: Place, seen: looks.Seen, form: LookForm) -> Answers:
    theirs, asked = place.their_card, form.form
    begun, wave = seen.now.begun, seen.now.wave
    return Answers(
        bond=str(place.bond.pk), name=theirs.name if theirs else "", begun=begun.isoformat() if begun else "",
        wave=int(wave or 0), picture=form.cleaned_data["picture"], form=asked.name if asked else "",
        version=asked.version if asked else 0, answers=form.answers,
    )  # fmt: skip


def _there(place: Place) -> HttpResponse:
    return redirect("study:page", place.bond.pk)


def _page(
    request: PrivateRequest, place: Place, seen: looks.Seen, form: LookForm, screen: Screen
) -> HttpResponse:
    theirs = place.their_card
    context = {
        **shown(form, screen), "place": place, "name": theirs.name if theirs else "", "seen": seen, "tab": "us",
        "is_open": place.bond.state == Bond.State.OPEN,
        "begins": seen.is_there and (form.is_bound or "look" in request.GET),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if screen.is_wrong else HTTPStatus.OK
    return render(request, "study/page.html", context, status=status)
