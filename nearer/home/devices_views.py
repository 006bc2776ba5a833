"""Where one is signed in, and by which ways one comes in. No page of the other's shows any of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from nearer.accounts.events import What, note
from nearer.accounts.sessions import devices
from nearer.accounts.sessions.door import end_others
from nearer.accounts.ways_in import passkeys
from nearer.bonds.visit import MemberRequest
from nearer.records.keeping import ref_in
from nearer.web.no_room import needs_no_room


@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """Show where somebody is signed in, and by which ways they come in."""
    found = devices.devices_of(request, request.user.pk, ring=request.ring)
    ways = passkeys.of_person(request.user.pk)
    return render(request, "home/devices.html", {"devices": found, "passkeys": ways, "tab": "settings"})


@needs_no_room()
@require_POST
def sign_out(request: MemberRequest) -> HttpResponse:
    """Sign one device out; one that is signed out already needs no word."""
    if ref := ref_in(request.POST.get("device", "")):
        devices.sign_out(request, request.user.pk, ref)
    return redirect("home:devices")


@needs_no_room()
@require_POST
def elsewhere(request: MemberRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    if end_others(request, request.user.pk):
        note(request.user.pk, request.ring, What.SIGNED_OUT)
    return redirect("home:devices")
