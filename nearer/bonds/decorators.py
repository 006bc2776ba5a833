"""Hands a view the caller's place in the bond that the address names, or says 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest


def paired(
    view: Callable[[MemberRequest, Place], HttpResponse],
) -> Callable[[MemberRequest, UUID], HttpResponse]:
    """Open the bond's key for a member and pass the place on; for anybody else the bond does not exist."""

    @wraps(view)
    def inner(request: MemberRequest, bond: UUID) -> HttpResponse:
        return view(request, request.visit.take(bond))

    return inner


def leads_to(page: str) -> Callable[[MemberRequest], HttpResponse]:
    """Return a view that leads from an article to a page of the bond somebody looks at; without one, to inviting somebody.

    Args:
        page: its name; the bond's id completes its address.
    """

    @require_safe
    def inner(request: MemberRequest) -> HttpResponse:
        place = request.visit.place
        return redirect(page, place.bond.pk) if place else redirect("bonds:invite")

    return inner
