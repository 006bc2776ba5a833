"""What somebody said before, for them alone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from nearer.accounts.again import needs_drawer
from nearer.bonds.visit import PrivateRequest
from nearer.practices.closer import said
from nearer.records.keeping import ref_in
from nearer.records.shelf import Shelf


@require_safe
@needs_drawer
def own(request: PrivateRequest) -> HttpResponse:
    """Show somebody their own answers."""
    return render(request, "closer/own.html", {"found": said.own(_drawer(request)), "tab": "practise"})


@require_POST
@needs_drawer
def forget(request: PrivateRequest) -> HttpResponse:
    """Let one of them go; one that is not there needs no word."""
    if ref := ref_in(request.POST.get("record", "")):
        said.forget(_drawer(request), ref)
    return redirect("closer:own")


def _drawer(request: PrivateRequest) -> Shelf:
    return Shelf.of_person(request.user.pk, request.ring, request.drawer)
