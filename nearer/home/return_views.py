"""Pages for being let back in: ask with a link, answer one, and let what was promised go."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts import again
from nearer.accounts.slowing import limits
from nearer.bonds import returns
from nearer.bonds.actions import NotOpen
from nearer.bonds.decorators import paired
from nearer.bonds.forms import OpenForm, YesForm
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.qr import qr_svg
from nearer.bonds.returns import Asker
from nearer.bonds.visit import MemberRequest
from nearer.config import LOCAL_HOSTS
from nearer.web.views import error_page

HELD = "asked"
BOTH = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A request somebody has opened.

    Attributes:
        asker: who asks.
        words: the six words to compare.
        places: the bonds in which they could be let back in.
        is_mine: whether it is the reader's own.
    """

    asker: Asker
    words: tuple[str, ...] = field(repr=False)
    places: list[Place]
    is_mine: bool


@BOTH
def ask(request: MemberRequest) -> HttpResponse:
    """Ask for a place one had, from a new account."""
    at, who = timezone.now(), request.user.pk
    if request.method == "POST":
        if request.POST.get("do") == "back":
            returns.take_back(who)
        elif request.POST.get("do") == "ask":
            returns.ask(who, ring=request.ring, name=request.visit.face.name, at=at)
        return redirect("home:ask_back")
    asking, address = returns.asking(who, ring=request.ring, at=at), _public_address(request)
    link = f"{address}#{asking.secret}" if asking else ""
    context = {
        "asking": asking, "link": link, "qr": qr_svg(link) if link else "", "address": address, "tab": "settings",
    }  # fmt: skip
    return render(request, "home/ask_back.html", context)


@BOTH
def answer(request: MemberRequest) -> HttpResponse:
    """Open somebody's request with its link or code, compare the words, and say yes or nothing."""
    do = request.POST.get("do", "open")
    if request.method == "POST" and do == "open":
        return _open(request)
    held = request.session.get(HELD, "")
    if request.method == "POST" and do == "yes":
        return _yes(request, held)
    if request.method == "POST":
        request.session.pop(HELD, None)
        return redirect("home:today")
    if not held:
        return _form(request, OpenForm())
    try:
        opened = _opened(request, held)
        return _show(request, opened, YesForm(places=opened.places))
    except NotOpen:
        return _over(request)


@require_POST
@paired
def keep_place(_request: MemberRequest, place: Place) -> HttpResponse:
    """Let a promise go: whoever gave it, or whoever has the place."""
    returns.say_no(place)
    return redirect("home:today")


def _open(request: MemberRequest) -> HttpResponse:
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        data, at = form.cleaned_data, timezone.now()
        limits.check_code(request, data["code"])
        secret = data["secret"] or returns.secret_for_code(data["code"], at=at)
        returns.find(secret, at=at)
    except limits.TooMany:
        return error_page(request, 429)
    except NotOpen:
        return _over(request)
    request.session[HELD] = secret
    return redirect("home:answer_back")


def _opened(request: MemberRequest, held: str) -> Opened:
    row, asker, words = returns.find(held, at=timezone.now())
    able = [
        place
        for place in request.visit.places
        if place.bond.state == Bond.State.OPEN and not place.is_alone and place.them
        and place.them.user_id != row.user_id
    ]  # fmt: skip
    return Opened(asker=asker, words=words, places=able, is_mine=row.user_id == request.user.pk)


def _yes(request: MemberRequest, held: str) -> HttpResponse:
    try:
        opened = _opened(request, held)
        form = YesForm(request.POST, places=opened.places)
        if opened.is_mine or not form.is_valid():
            return _show(request, opened, form, status=422)
        if not again.is_sure(request):  # whoever holds somebody's phone for a minute lets nobody in
            return again.ask_anew(request)
        again.use_up(request)
        place = request.visit.take(UUID(form.cleaned_data["bond"]))
        returns.say_yes(place, held, at=timezone.now())
    except NotOpen:
        return _over(request)
    request.session.pop(HELD, None)
    return redirect("home:today")


def _show(request: MemberRequest, opened: Opened, form: YesForm, *, status: int = 200) -> HttpResponse:
    context = {"opened": opened, "form": form, "tab": "today"}
    return render(request, "home/answer_back.html", context, status=status)


def _form(request: MemberRequest, form: OpenForm, *, status: int = 200) -> HttpResponse:
    return render(request, "home/open_back.html", {"form": form, "tab": "today"}, status=status)


def _over(request: MemberRequest) -> HttpResponse:
    request.session.pop(HELD, None)
    form = OpenForm({"code": ""})
    form.is_valid()
    form.add_error(
        None, _("This is not open any more. They can make a new link: each works once, for 72 hours.")
    )
    return _form(request, form, status=410)


def _public_address(request: HttpRequest) -> str:
    if settings.CONFIG.host in LOCAL_HOSTS:
        return request.build_absolute_uri(reverse("home:answer_back"))
    return f"{settings.CONFIG.url}{reverse('home:answer_back')}"
