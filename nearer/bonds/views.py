"""Pages for inviting, joining, confirming, switching and leaving."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.accounts import limits
from nearer.bonds import actions, invitations
from nearer.bonds.cards import open_card
from nearer.bonds.decorators import paired
from nearer.bonds.forms import InviteForm, OpenForm
from nearer.bonds.place import Place
from nearer.bonds.qr import qr_svg
from nearer.bonds.visit import MemberRequest
from nearer.config import LOCAL_HOSTS
from nearer.protocol import Seat
from nearer.vault import store
from nearer.web.views import error_page

BOTH = require_http_methods(["GET", "HEAD", "POST"])
HELD = "invitation"


@BOTH
def invite(request: MemberRequest) -> HttpResponse:
    """Ask what the other is to me, and make an invitation."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        bond = invitations.invite(
            request.user.pk, face=request.visit.face, kin=form.cleaned_data["kin"], at=timezone.now()
        )
        request.visit.choose(bond.pk)
        return redirect("bonds:invitation", bond=bond.pk)
    return render(
        request, "bonds/invite.html", {"form": form, "tab": "us"}, status=422 if form.errors else 200
    )


@require_safe
@paired
def invitation(request: MemberRequest, place: Place) -> HttpResponse:
    """Show the link, its QR code and the short code, for the inviter only."""
    found = invitations.shown(place) if place.seat is Seat.HOST else None
    if found is None:
        return redirect("home:today")
    address = _public_address(request)
    link = f"{address}#{found.secret}"
    context = {
        "link": link,
        "qr": qr_svg(link),
        "join_address": address,
        "shown": found,
        "bond": place.bond,
        "tab": "us",
    }
    return render(request, "bonds/invitation.html", context)


@require_POST
@paired
def take_back(_request: MemberRequest, place: Place) -> HttpResponse:
    """Revoke an invitation that nobody has used."""
    if place.seat is Seat.HOST:
        invitations.take_back(place)
    return redirect("home:today")


@login_not_required
@require_safe
def join_page(request: HttpRequest) -> HttpResponse:
    """Show an opened invitation, or ask for the link or code. Looking uses nothing up."""
    held = request.session.get(HELD)
    if not held:
        return render(request, "bonds/open.html", {"form": OpenForm()})
    try:
        found, key = invitations.find_by_secret(held, at=timezone.now())
    except actions.NotOpen:
        del request.session[HELD]
        return _gone(request)
    host = found.bond.members.get(seat=Seat.HOST)
    context = {"card": open_card(host, key=key), "mine": request.user.pk == host.user_id}
    return render(request, "bonds/join.html", context)


@login_not_required
@require_POST
def open_invitation(request: HttpRequest) -> HttpResponse:
    """Take the secret out of the link, or look a code up, and hold it in the sealed session."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        # Nobody sees the hidden field of a link, so nobody would see what is said about it.
        hidden = "secret" in form.errors
        return (
            _gone(request, form) if hidden else render(request, "bonds/open.html", {"form": form}, status=422)
        )
    data, now = form.cleaned_data, timezone.now()
    try:
        limits.check_code(request)
        secret = data["secret"] or invitations.secret_for_code(data["code"], at=now)
        invitations.find_by_secret(secret, at=now)
    except limits.TooMany:
        return error_page(request, 429)
    except actions.NotOpen:
        return _gone(request, form)
    request.session[HELD] = secret
    return redirect("bonds:join")


@require_POST
def join(request: MemberRequest) -> HttpResponse:
    """Join the bond whose invitation is held."""
    now = timezone.now()
    try:
        found, key = invitations.find_by_secret(request.session.pop(HELD, ""), at=now)
        bond = actions.join(found, key=key, user_id=request.user.pk, face=request.visit.face, at=now)
    except actions.NotOpen:
        return _gone(request)
    except actions.OwnInvitation:
        return redirect("home:today")
    store.erase([found.pk])
    request.visit.choose(bond.pk)
    return redirect("home:today")


@require_POST
@paired
def confirm(request: MemberRequest, place: Place) -> HttpResponse:
    """The host answers whether this is who they meant."""
    if request.POST.get("answer") == "yes":
        actions.confirm(place)
    elif request.POST.get("answer") == "no":
        actions.refuse(place)
    return redirect("home:today")


@require_POST
@paired
def switch(request: MemberRequest, place: Place) -> HttpResponse:
    """Look at another of one's bonds."""
    request.visit.choose(place.bond.pk)
    return redirect("home:today")


def _public_address(request: HttpRequest) -> str:
    """Return where an invitation is opened: the address the owner set, or the one this person uses locally."""
    if settings.CONFIG.host in LOCAL_HOSTS:
        return request.build_absolute_uri(reverse("bonds:join"))
    return f"{settings.CONFIG.url}{reverse('bonds:join')}"


def _gone(request: HttpRequest, form: OpenForm | None = None) -> HttpResponse:
    form = form or OpenForm()
    if not form.is_bound:
        form = OpenForm({"code": ""})
        form.is_valid()
    form.add_error(
        None, _("This invitation is not open any more. Ask for a new one: each works once, for 72 hours.")
    )
    return render(request, "bonds/open.html", {"form": form}, status=410)
