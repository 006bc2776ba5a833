"""One's own passkeys: what they are good for and what not, adding one, removing one."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts import again
from nearer.accounts.again import needs_drawer
from nearer.accounts.events import What, note
from nearer.accounts.ways_in import ceremony, passkeys
from nearer.accounts.ways_in.ceremony import Refused, house_of
from nearer.bonds.visit import PrivateRequest
from nearer.config import LOCAL_HOSTS
from nearer.records.keeping import ref_in
from nearer.web.no_room import needs_no_room
from nearer.web.views import error_page

BEGIN = "add"  # what the button sends that asks who somebody is, before the ceremony


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def overview(request: PrivateRequest) -> HttpResponse:
    """Show somebody's passkeys, and keep one that has just been made by whoever has just shown that it is them."""
    problem, sure = "", again.is_sure(request)
    if request.method == "POST" and not sure:
        return again.ask_anew(request)
    if request.method == "POST" and request.POST.get("do") == BEGIN:
        return redirect("home:passkeys")
    if request.method == "POST":
        try:
            _keep(request)
        except Refused:
            problem = _("That passkey was not kept. Try again.")
        else:
            again.use_up(request)
            note(request.user.pk, request.ring, What.WAY_ADDED)
            return redirect("home:passkeys")
    context = {
        "passkeys": passkeys.of_person(request.user.pk), "house": house_of(request), "by_name": _by_name(request),
        "problem": problem, "sure": sure, "secure": settings.SECURE, "tab": "settings",
    }  # fmt: skip
    return render(request, "home/passkeys.html", context, status=422 if problem else 200)


@require_POST
@needs_drawer
def ask(request: PrivateRequest) -> HttpResponse:
    """Begin the ceremony: what the browser is to make."""
    house = house_of(request)
    if not again.is_sure(request, reverse("home:passkeys")):
        return again.ask_anew(request)
    if house is None:
        return error_page(request, HTTPStatus.NOT_FOUND)
    known = [bytes(each.credential) for each in passkeys.of_person(request.user.pk)]
    challenge = ceremony.begin(request, ceremony.NEW)
    return JsonResponse(ceremony.ask_for_a_new_one(house, challenge, request.user, known))


@needs_no_room()
@require_POST
@needs_drawer
def remove(request: PrivateRequest) -> HttpResponse:
    """Remove a passkey; one that is gone already needs no word."""
    if not again.is_sure(request):
        return again.ask_anew(request)
    again.use_up(request)
    ref = ref_in(request.POST.get("passkey", ""))
    if ref and passkeys.remove(request.user.pk, ref):
        note(request.user.pk, request.ring, What.WAY_REMOVED)
    return redirect("home:passkeys")


def _keep(request: PrivateRequest) -> None:
    made = ceremony.read_new_one(request, request.POST.get("credential", ""))
    answer = ceremony.answer_in(request.POST.get("prf", ""))
    passkeys.add(request.user.pk, request.drawer.master, made, answer, ring=request.ring)


def _by_name(request: PrivateRequest) -> str:
    """Return this page's address by name, where this machine was reached by a number."""
    host, _colon, port = request.get_host().rpartition(":")
    if settings.CONFIG.is_https or host not in LOCAL_HOSTS:
        return ""
    return f"http://{ceremony.LOCALHOST}:{port}{reverse('home:passkeys')}"
