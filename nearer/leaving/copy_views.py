"""Keeping a copy for oneself, and looking at what one kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.accounts.again import needs_drawer
from nearer.bonds.decorators import paired
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.leaving import copies
from nearer.records import keeping
from nearer.records.drawer import drawer_of
from nearer.records.keeping import ref_in
from nearer.records.shelf import Shelf
from nearer.web.back import page_before


@require_POST
@paired
def keep(request: MemberRequest, place: Place) -> HttpResponse:
    """Keep a copy of something that is shown; nobody else learns of it."""
    shelf, at = Shelf.of_person(request.user.pk, request.ring), timezone.now()
    ref = ref_in(request.POST.get("record", ""))
    is_kept = ref is not None and copies.keep(place, shelf, request.POST.get("what", ""), ref, at=at)
    before = page_before(request)
    return redirect(f"{reverse('leaving:kept_now')}?next={before}" if is_kept else before)


@require_safe
def kept_now(request: MemberRequest) -> HttpResponse:
    """Say that a copy is kept."""
    return render(request, "leaving/kept_now.html", {"next": page_before(request), "tab": "us"})


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def kept(request: PrivateRequest) -> HttpResponse:
    """Show somebody what they kept, and take a copy away."""
    shelf = drawer_of(request)
    if request.method == "POST":
        if ref := ref_in(request.POST.get("record", "")):
            keeping.remove(shelf, copies.COPY, ref)
        return redirect("leaving:kept")
    found = list(reversed(keeping.find(shelf, copies.COPY)))
    return render(request, "leaving/kept.html", {"found": found, "tab": "us"})
