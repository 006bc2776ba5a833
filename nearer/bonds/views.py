"""Pages for who invites, and for the two of a bond: confirm, answer the first question, switch."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.bonds import actions, invitations
from nearer.bonds import first as first_question
from nearer.bonds.decorators import paired
from nearer.bonds.forms import AnswerForm, InviteForm
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.qr import qr_svg
from nearer.bonds.visit import MemberRequest
from nearer.config import LOCAL_HOSTS
from nearer.protocol import Seat

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@BOTH
def invite(request: MemberRequest) -> HttpResponse:
    """Ask what the other is to me and, if I like, one question; and make an invitation."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        bond = invitations.invite(
            request.user.pk, face=request.visit.face, kin=data["kin"], at=timezone.now(),
            public=request.ring.public, question=data["question"], words=data["answer"], once=data["once"],
        )  # fmt: skip
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
        "place": place,
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


@require_POST
@paired
def confirm(request: MemberRequest, place: Place) -> HttpResponse:
    """The host answers whether this is who they meant."""
    if request.POST.get("answer") == "yes":
        actions.confirm(place)
    elif request.POST.get("answer") == "no":
        actions.refuse(place)
    return redirect("home:today")


@require_safe
@paired
def state(_request: MemberRequest, place: Place) -> HttpResponse:
    """Say how far the bond has come, for a page that looks again by itself."""
    return HttpResponse(place.progress, content_type="text/plain")


@require_POST
@paired
def first(request: MemberRequest, place: Place) -> HttpResponse:
    """Answer the first question, let it go, or fold both answers away."""
    found = place.first
    if found is None or place.bond.state == Bond.State.CLOSED:
        return redirect("home:today")
    if request.POST.get("do") == "away":
        first_question.put_away(place)
        return redirect("home:today")
    form = AnswerForm(request.POST, question=found.question)
    if not form.is_valid():
        return render(request, "bonds/first.html", {"form": form, "place": place, "tab": "today"}, status=422)
    first_question.answer(place, form.cleaned_data["answer"])
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
