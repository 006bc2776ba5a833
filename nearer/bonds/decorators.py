"""Hands a view the caller's place in the bond that the address names, or says 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from nearer.bonds.place import Place, take_place



def paired(view: Callable[[HttpRequest, Place], HttpResponse]) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """Open the bond's key for a member and pass the place on; for anybody else the bond does not exist."""

    @wraps(view)
    def inner(request: HttpRequest, bond: UUID) -> HttpResponse:
        return view(request, take_place(request, bond))

    return inner
