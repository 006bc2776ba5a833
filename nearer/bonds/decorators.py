"""Hands a view the caller's place in the bond that the address names, or says 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse

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
