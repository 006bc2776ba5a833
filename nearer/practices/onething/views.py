"""Switching the room on for oneself."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from nearer.bonds.visit import MemberRequest
from nearer.practices.onething import switch
from nearer.records.keeping import BondNotOpen

ROOM = "one-thing"


@require_POST
def turn(request: MemberRequest) -> HttpResponse:
    """Switch the room on or off for oneself; the other learns nothing of it."""
    if place := request.visit.place:
        with suppress(BondNotOpen):
            switch.turn(place, on=request.POST.get("on") == "yes", at=timezone.now())
    return redirect("sittings:room", slug=ROOM)
