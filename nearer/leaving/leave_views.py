"""Leaving a space on one screen, and coming back to one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nearer.accounts.again import needs_drawer
from nearer.bonds.cards import Card
from nearer.bonds.models import Bond, Member
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.database import cannot_store
from nearer.home import ways_back
from nearer.leaving import leave, withdrawing
from nearer.records.drawer import drawer_of
from nearer.records.keeping import ref_in
from nearer.sittings.taking_back.prune import CLOSED_KEEPS
from nearer.web.no_room import needs_no_room

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def spaces(request: MemberRequest) -> HttpResponse:
    """Show every space this person is in, each with its way out."""
    return _screen(request, [*request.visit.places, *request.visit.shut])


@needs_no_room()
@BOTH
def leave_now(request: MemberRequest, bond: UUID) -> HttpResponse:
    """Leave: one screen, one person, at once. Nothing there has to open for it."""
    if request.method == "POST":
        return _leave(request, bond)
    shut = [member for member in request.visit.shut if member.bond_id == bond]
    return _screen(request, shut or [request.visit.take(bond)])


def _leave(request: MemberRequest, bond: UUID) -> HttpResponse:
    try:
        at = timezone.now()
        may_return = leave.leave_bond(bond, request.user.pk, request.ring, at=at)
    except DatabaseError as problem:
        if not cannot_store(problem):
            raise
        leave.leave_unstored(bond, request.user.pk, request.ring)
        return render(request, "leaving/left_unstored.html", {"tab": "us"})
    request.visit.forget_choice()
    request.session[ways_back.LEFT] = (at + CLOSED_KEEPS).isoformat() if may_return else ""
    return redirect("home:today")


@needs_no_room()
@BOTH
@needs_drawer
def left(request: PrivateRequest) -> HttpResponse:
    """Show the spaces somebody left: to come back to one, or to take their words back from there."""
    shelf, at = drawer_of(request), timezone.now()
    ref, notice = ref_in(request.POST.get("bond", "")), ""
    if ref and request.POST.get("do") == "back":
        if ways_back.come_back(shelf, ref, request.ring, at=at):
            request.visit.choose(ref)
            return redirect("home:today")
        notice = _("There is nothing left there to come back to.")
    elif ref and request.POST.get("do") == "withdraw":
        for found in ways_back.left_by(shelf, at=at):
            if found.place.bond.pk == ref:
                withdrawing.withdraw_all(found.place, at=at)
                notice = _("Your words there are withdrawn.")
    context = {"found": ways_back.left_by(shelf, at=at), "notice": notice, "tab": "settings"}
    return render(request, "leaving/left.html", context)


def _screen(request: MemberRequest, places: Sequence[Place | Member]) -> HttpResponse:
    spaces = [
        {
            "bond": place.bond,
            "place": place if isinstance(place, Place) else None,
            "card": _card(place),
        }
        for place in places
    ]
    return render(request, "leaving/leave.html", {"spaces": spaces, "tab": "us"})


def _card(place: Place | Member) -> Card | None:
    if isinstance(place, Member) or place.bond.state == Bond.State.WAITING:
        return None
    return place.their_card
