"""Proposing a plan line, answering one, and letting go of what is kept for both."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.accounts.again import needs_drawer
from nearer.bonds.decorators import paired
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.plans import lines, looks, parking
from nearer.plans.forms import LookForm, ParkForm, PlanForm
from nearer.records import keeping
from nearer.records.drawer import drawer_of
from nearer.records.keeping import BondNotOpen, NotThere, ref_in
from nearer.records.shelf import Shelf
from nearer.web.back import back, page_before
from nearer.web.no_room import needs_no_room
from nearer.web.once import mark_of
from nearer.web.unsent import given_back


@require_http_methods(["GET", "HEAD", "POST"])
@paired
def propose(request: MemberRequest, place: Place) -> HttpResponse:
    """Write a plan line, and put it to the other; or put other words into one's own."""
    named = request.POST.get("record") or request.GET.get("record") or ""
    ref, plans = ref_in(named), lines.lines_of(place)
    own = next((line for line in plans.lines if line.ref == ref and line.mine), None)
    form = PlanForm(request.POST or None, initial={"cue": own.cue, "act": own.act} if own else None)
    if place.bond.state != Bond.State.OPEN or (named and not own):
        return given_back(request, *form.fields, then=back(request, part="plan"))
    if request.method == "POST" and form.is_valid():
        try:
            if own:
                lines.edit(place, own.ref, at=timezone.now(), **form.cleaned_data)
            else:
                lines.propose(place, at=timezone.now(), **form.cleaned_data)
        except (BondNotOpen, NotThere):
            return given_back(request, *form.fields, then=back(request, part="plan"))
        except lines.PlansFull:
            form.add_error(
                None,
                _("Three plans are open, and that is plenty. Let one of them go, and there is room again."),
            )
        else:
            return back(request, part="plan")
    context = {
        "form": form,
        "place": place,
        "plans": plans,
        "own": own,
        "next": page_before(request),
        "tab": "us",
    }
    return render(request, "plans/propose.html", context, status=422 if form.errors else 200)


@require_POST
@paired
def answer(request: MemberRequest, place: Place) -> HttpResponse:
    """Say yes to the other's line, take the yes back, or let any line go. One that is gone needs no word."""
    ref, said = ref_in(request.POST.get("record", "")), request.POST.get("answer")
    try:
        if ref and said == "yes":
            lines.confirm(place, ref, at=timezone.now())
        elif ref and said == "no":
            lines.take_back_yes(place, ref, at=timezone.now())
        elif ref and said == "go":
            lines.let_go(place, ref, at=timezone.now())
    except lines.NotTheirs:
        raise Http404 from None
    except (NotThere, BondNotOpen):
        pass
    return back(request, part="plan")


@require_http_methods(["GET", "HEAD", "POST"])
@paired
def look(request: MemberRequest, place: Place) -> HttpResponse:
    """Look back on a plan a week after it was agreed: for oneself, and with one word for both."""
    line = _line_to_look_at(request, place)
    if line is None:
        return back(request, default="/us")
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at, said = timezone.now(), form.cleaned_data
        if line.look == looks.Look.DUE and place.bond.state == Bond.State.OPEN:
            looks.say(place, line.ref, said["verdict"], at=at)
            _note(request, place, line, at=at, happened=said["happened"], helped=said["helped"])
        return back(request, default="/us")
    context = {"form": form, "place": place, "line": line, "next": page_before(request, "/us"), "tab": "us"}
    return render(request, "plans/look.html", context, status=422 if form.errors else 200)


@require_safe
@needs_drawer
def notes(request: PrivateRequest) -> HttpResponse:
    """Show somebody what they noted of plans, for themselves alone."""
    place = request.visit.place
    shelf = drawer_of(request)
    found = looks.notes(shelf, place.bond.pk) if place else []
    return render(request, "plans/notes.html", {"found": found, "place": place, "tab": "us"})


def _line_to_look_at(request: MemberRequest, place: Place) -> lines.Line | None:
    ref = ref_in(request.POST.get("record", "") or request.GET.get("record", ""))
    agreed = lines.lines_of(place, at=timezone.now()).agreed
    return next((line for line in agreed if line.ref == ref), None)


def _note(request: MemberRequest, place: Place, line: lines.Line, *, at: datetime, **said: Any) -> None:
    if said["happened"] or said["helped"] is not None:
        note = looks.Note(bond=str(place.bond.pk), cue=line.cue, act=line.act, **said)
        keeping.put(
            Shelf.of_person(request.user.pk, request.ring), looks.NOTE, note, at=at, once=mark_of(request)
        )


@needs_no_room()
@require_POST
@paired
def unpark(request: MemberRequest, place: Place) -> HttpResponse:
    """Let something parked go; what is not one's own stays, and the answer is the same."""
    if ref := ref_in(request.POST.get("record", "")):
        parking.let_go(place, ref, at=timezone.now())
    return back(request, default="/us", part="parked")


@require_http_methods(["GET", "HEAD", "POST"])
@paired
def edit_parked(request: MemberRequest, place: Place) -> HttpResponse:
    """Put other words into something one parked."""
    ref = ref_in(request.POST.get("record") or request.GET.get("record") or "")
    own = next((item for item in parking.items_of(place) if item.ref == ref and item.mine), None)
    then = back(request, default="/us", part="parked")
    if own is None or place.bond.state != Bond.State.OPEN:
        return given_back(request, "text", then=then)
    form = ParkForm(request.POST or None, initial={"text": str(own.text)})
    if request.method == "POST" and form.is_valid():
        try:
            parking.edit(place, own.ref, form.cleaned_data["text"], at=timezone.now())
        except (NotThere, BondNotOpen):
            return given_back(request, "text", then=then)
        return then
    context = {"form": form, "own": own, "place": place, "tab": "us"}
    return render(request, "plans/edit_parked.html", context, status=422 if form.errors else 200)
