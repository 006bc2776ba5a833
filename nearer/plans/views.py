"""Proposing a plan line, answering one, and letting go of what is kept for both."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nearer.bonds.decorators import paired
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.plans import lines, parking
from nearer.plans.forms import PlanForm
from nearer.records.keeping import BondNotOpen, NotThere, ref_in
from nearer.web.back import back, page_before


@require_http_methods(["GET", "HEAD", "POST"])
@paired
def propose(request: MemberRequest, place: Place) -> HttpResponse:
    """Write a plan line, and put it to the other."""
    form = PlanForm(request.POST or None)
    if place.bond.state != Bond.State.OPEN:
        return back(request, part="plan")
    if request.method == "POST" and form.is_valid():
        try:
            lines.propose(place, at=timezone.now(), **form.cleaned_data)
        except BondNotOpen:
            return back(request, part="plan")
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
        "plans": lines.lines_of(place),
        "next": page_before(request),
        "tab": "us",
    }
    return render(request, "plans/propose.html", context, status=422 if form.errors else 200)


@require_POST
@paired
def answer(request: MemberRequest, place: Place) -> HttpResponse:
    """Say yes to the other's line, or let any line go. One that is gone already needs no word."""
    ref, said = ref_in(request.POST.get("record", "")), request.POST.get("answer")
    try:
        if ref and said == "yes":
            lines.confirm(place, ref, at=timezone.now())
        elif ref and said == "go":
            lines.let_go(place, ref)
    except lines.NotTheirs:
        raise Http404 from None
    except (NotThere, BondNotOpen):
        pass
    return back(request, part="plan")


@require_POST
@paired
def unpark(request: MemberRequest, place: Place) -> HttpResponse:
    """Let something parked go; what is not one's own stays, and the answer is the same."""
    if ref := ref_in(request.POST.get("record", "")):
        parking.let_go(place, ref)
    return back(request, default="/us")
