"""Pages for who invites, and for the two of a bond: confirm, answer the first question, switch."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.bonds import actions, invitations, news
from nearer.bonds import first as first_question
from nearer.bonds.decorators import paired
from nearer.bonds.forms import AnswerForm, InviteForm
from nearer.bonds.models import Bond
from nearer.bonds.paper import First
from nearer.bonds.place import Place
from nearer.bonds.qr import qr_svg
from nearer.bonds.visit import MemberRequest
from nearer.config import LOCAL_HOSTS
from nearer.protocol import Seat
from nearer.web.no_room import needs_no_room
from nearer.web.once import mark_of

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@BOTH
def invite(request: MemberRequest) -> HttpResponse:
    """Ask what the other is to me and, if I like, one question; and make an invitation."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        bond = invitations.invite(
            request.user.pk, face=request.visit.face, kin=data["kin"], at=timezone.now(),
            public=request.ring.public, question=data["question"], words=data["answer"], once=mark_of(request),
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
        return redirect("bonds:first", bond=place.bond.pk)
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


@needs_no_room()
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
        actions.confirm(place, request.visit.places)
        news.tell_other(place, new="confirmed")
    elif request.POST.get("answer") == "no":
        actions.refuse(place)
        news.tell_other(place)
    return redirect("home:today")


@needs_no_room()
@require_safe
@paired
def state(_request: MemberRequest, place: Place) -> HttpResponse:
    """Say how far the bond has come, for a page that looks again by itself."""
    return HttpResponse(place.progress, content_type="text/plain")


@BOTH
@paired
def first(request: MemberRequest, place: Place) -> HttpResponse:
    """Show both answers once both are in; answer the first question or let it go; edit one's answer, or take it back."""
    found, do = place.first, request.POST.get("do")
    if request.method != "POST":
        is_open = found is not None and found.is_open
        asks = place.seat is Seat.HOST and place.bond.state == Bond.State.JOINED
        page = {"place": place, "asks": asks, "tab": "today"}
        return render(request, "bonds/reveal.html", page) if is_open else redirect("home:today")
    return _answered(request, place, found, do)


def _answered(request: MemberRequest, place: Place, found: First | None, do: str | None) -> HttpResponse:
    if found is not None and do == "take":
        first_question.withdraw(place)
        news.gone(place, "first")
        news.tell_other(place)
        return redirect("home:today")
    if found is None or place.bond.state == Bond.State.CLOSED:
        return redirect("home:today")
    if do == "away":
        first_question.let_go(place)
        return redirect("home:today")
    form = AnswerForm(request.POST, question=found.question)
    if not form.is_valid():
        context = {"form": form, "place": place, "do": do, "tab": "today"}
        return render(request, "bonds/first.html", context, status=422)
    if do == "edit" and form.cleaned_data["answer"]:
        first_question.edit(place, form.cleaned_data["answer"])
        news.tell_other(place)
    elif do != "edit":
        both = first_question.answer(place, form.cleaned_data["answer"])
        news.tell_other(place, new="first" if both else None)
        return redirect("bonds:first", bond=place.bond.pk)
    return redirect("home:today")


@needs_no_room()
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
