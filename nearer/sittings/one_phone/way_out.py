"""Together mode at the door: a phone on the table shows its one sitting, and its owner's passphrase or passkey takes it back."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts.again import has_passkey, open_again, open_by_passkey
from nearer.accounts.forms import ConfirmForm
from nearer.accounts.slowing.limits import TooMany
from nearer.bonds import together
from nearer.bonds.together import Together
from nearer.bonds.visit import MemberRequest, Visit
from nearer.sittings.models import Sitting
from nearer.sittings.page.show import FRAGMENT
from nearer.sittings.run.header import Header
from nearer.web.no_room import needs_no_room
from nearer.web.views import error_page

WAY_OUT = "sittings:together"
# Besides the sitting itself: nothing on these pages is anybody's own.
ALSO_ANSWER = frozenset(
    {
        WAY_OUT,
        "sittings:together_by_passkey",
        "accounts:passkey_ask",
        "accounts:lock",
        "accounts:logout",
        "web:help",
    }
)


@needs_no_room()
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: MemberRequest) -> HttpResponse:
    """Give the phone back to its owner, who types the passphrase."""
    state = request.visit.together
    if state is None:
        return redirect("home:today")
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_again(request, form)
        except TooMany:
            return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
        if opened is not None:
            together.end(request, opened)
            return redirect(_after(request, state.sitting))
    return _ask(request, form, state)


@needs_no_room()
@require_POST
def take_back_by_passkey(request: MemberRequest) -> HttpResponse:
    """Give the phone back to its owner, who shows a passkey."""
    state, form = request.visit.together, ConfirmForm({})
    if state is None:
        return redirect("home:today")
    try:
        opened = open_by_passkey(request)
    except TooMany:
        return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    if opened is not None:
        together.end(request, opened)
        return redirect(_after(request, state.sitting))
    form.errors.clear()
    form.add_error(None, _("This passkey does not open it. Use your passphrase."))
    return _ask(request, form, state)


def _ask(request: MemberRequest, form: ConfirmForm, state: Together) -> HttpResponse:
    context = {
        "form": form, "ref": state.sitting, "has_table": bool(request.visit.places), "by_passkey": has_passkey(request),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "sittings/take_back.html", context, status=status)


def _after(request: MemberRequest, ref: UUID) -> str:
    """Say where the owner goes on: what follows a sitting is theirs to see once it came to its own end."""
    row = Sitting.objects.filter(pk=ref, is_over=True).first()
    place = next((place for place in request.visit.places if row and place.bond.pk == row.bond_id), None)
    header = Header.or_none(row, place) if row and place else None
    is_done = header and header.done
    return reverse("sittings:sitting", args=[ref]) if is_done else reverse("home:today")


class TogetherMiddleware:
    """Lets a session in together mode reach its sitting with what is parked from it, help and the ways out, and nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead back to the table; what is not answered has no effect."""
        visit: Visit | None = getattr(request, "visit", None)
        if visit is None or visit.together is None:
            return self.get_response(request)
        sitting = reverse("sittings:sitting", args=[visit.together.sitting])
        parks = request.method == "POST" and request.path_info == f"{sitting}/park"
        if request.path_info == sitting or parks:
            response = self.get_response(request)
            # The sitting or the bond is gone; what is left to do is to take the phone back.
            return _see(WAY_OUT) if response.status_code == HTTPStatus.NOT_FOUND else response
        if _name(request) in ALSO_ANSWER:
            response = self.get_response(request)
            return _see(sitting) if response.status_code == HTTPStatus.NOT_FOUND else response
        if request.headers.get(FRAGMENT):
            return error_page(request, HTTPStatus.FORBIDDEN)  # a script that is led elsewhere would show it
        return _see(sitting)


def _see(where: str) -> HttpResponse:
    response = redirect(where)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
