"""What somebody said before, and the switch of the third level: for them alone."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nearer.accounts.again import needs_drawer
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.practices.closer import said
from nearer.practices.closer.apps import CloserConfig
from nearer.practices.closer.settles import THIRD
from nearer.records.drawer import drawer_of
from nearer.records.keeping import BondNotOpen, ref_in


@require_safe
@needs_drawer
def own(request: PrivateRequest) -> HttpResponse:
    """Show somebody their own answers."""
    return render(request, "closer/own.html", {"found": said.own(drawer_of(request)), "tab": "practise"})


@require_POST
@needs_drawer
def forget(request: PrivateRequest) -> HttpResponse:
    """Let one of them go; one that is not there needs no word."""
    if ref := ref_in(request.POST.get("record", "")):
        said.forget(drawer_of(request), ref)
    return redirect("closer:own")


@require_POST
def third(request: MemberRequest) -> HttpResponse:
    """Switch the third level on or off for oneself; the other learns nothing of it."""
    if place := request.visit.place:
        with suppress(BondNotOpen):
            THIRD.turn(place, on=request.POST.get("on") == "yes", at=timezone.now())
    return redirect(f"{reverse('sittings:room', args=[CloserConfig.label])}#third")
