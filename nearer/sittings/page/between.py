"""What a page of a room has that is no sitting: whose it is, and whether anything new is kept there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest


def around(place: Place | None) -> dict[str, Any]:  # Any: as a template has it
    """Return what each of these pages has, whatever lies on it."""
    theirs = place.their_card if place else None
    is_open = place is not None and place.bond.state == Bond.State.OPEN
    return {"place": place, "name": theirs.name if theirs else "", "is_open": is_open, "tab": "practise"}


def in_bond[R: MemberRequest](
    room: str,
) -> Callable[[Callable[[R, Place], HttpResponse]], Callable[[R], HttpResponse]]:
    """Hand a view the place in the bond that its page is about; whoever has none is led to the room.

    Args:
        room: its slug.
    """

    def handing(view: Callable[[R, Place], HttpResponse]) -> Callable[[R], HttpResponse]:
        @wraps(view)
        def inner(request: R) -> HttpResponse:
            place = request.visit.place
            return view(request, place) if place else redirect("sittings:room", slug=room)

        return inner

    return handing
