"""Coming in with a passkey: one ceremony says who it is and opens the vault."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nearer.accounts.forms import LogInForm
from nearer.accounts.sessions.door import enter
from nearer.accounts.slowing import limits
from nearer.accounts.views import log_in_page, onward_from
from nearer.accounts.ways_in import ceremony, passkeys
from nearer.accounts.ways_in.ceremony import AGAIN, LOG_IN, Refused, house_of
from nearer.web.no_room import needs_no_room
from nearer.web.views import error_page


@needs_no_room()
@login_not_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Begin a ceremony: what the browser is to ask for."""
    house = house_of(request)
    if house is None:
        return error_page(request, HTTPStatus.NOT_FOUND)
    try:
        limits.check_passkey(request)
    except limits.TooMany:
        return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    what = AGAIN if request.user.is_authenticated else LOG_IN
    return JsonResponse(ceremony.ask_for_one(house, ceremony.begin(request, what)))


@needs_no_room()
@login_not_required
@require_POST
def log_in(request: HttpRequest) -> HttpResponse:
    """Log in with a passkey; one that opens nothing says who it is, and the passphrase opens."""
    if request.user.is_authenticated:
        return redirect(onward_from(request))
    try:
        limits.check_passkey(request)
        passkey = passkeys.shown(request, LOG_IN)
        opened = passkeys.open_with(passkey, request.POST.get("prf", ""))
    except limits.TooMany:
        return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    except Refused:
        said = _("We could not log you in with that passkey. Use your passphrase.")
        return log_in_page(request, LogInForm(), HTTPStatus.UNPROCESSABLE_ENTITY, refused=said)
    if opened is None:
        form = LogInForm.of(passkey.method.user.username)
        return log_in_page(request, form, HTTPStatus.OK, introduced=True)
    enter(request, opened, shared="shared" in request.POST)
    return redirect(onward_from(request))
