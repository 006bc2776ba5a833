"""The front door: sign up, log in, log out, recover."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.accounts.again import needs_drawer
from nearer.accounts.events import What, note
from nearer.accounts.forms import INK_NAMES, LogInForm, RecoverForm, RecoveryCodeForm, SignUpForm
from nearer.accounts.making import make_once
from nearer.accounts.sessions.door import INVITATION, ONWARD, end_others, enter
from nearer.accounts.slowing import limits
from nearer.accounts.ways_in import unlock, unsaved
from nearer.accounts.ways_in.ceremony import house_of
from nearer.vault import recovery
from nearer.vault.drawer import Drawer
from nearer.web.no_room import needs_no_room
from nearer.web.views import error_page

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@BOTH
def sign_up(request: HttpRequest) -> HttpResponse:
    """Make an account, log in, and go on to the recovery code."""
    if request.user.is_authenticated:
        return redirect("accounts:recovery_code" if unsaved.CODE in request.session else _onward(request))
    invitation = request.session.get(INVITATION) or {}
    their_ink = invitation.get("ink", "")
    form = SignUpForm(request.POST) if request.method == "POST" else SignUpForm.beside(their_ink)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            limits.check(request, "")
            opened, code = make_once(request, data)
        except limits.TooMany:
            return error_page(request, 429)
        except unlock.NameTaken:
            try:
                limits.check_taken(request)
            except limits.TooMany:
                return error_page(request, 429)
            form.say_taken()
        else:
            enter(request, opened, shared=data["shared"], code=code)
            return redirect("accounts:recovery_code")
    return _form(
        request, "accounts/sign_up.html", form, invited_by=invitation.get("by", ""), has_read=invitation.get("asks"),
        their_ink=their_ink, their_ink_name=INK_NAMES.get(their_ink, ""),
    )  # fmt: skip


@needs_no_room()
@login_not_required
@BOTH
def log_in(request: HttpRequest) -> HttpResponse:
    """Open the vault with the passphrase."""
    if request.user.is_authenticated:
        return redirect(onward_from(request))
    form = LogInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            limits.check(request, data["username"])
            opened = unlock.by_passphrase(data["username"], data["passphrase"])
        except limits.TooMany:
            return error_page(request, 429)
        except unlock.NotOpened:
            form.add_error(None, _("We could not log you in with that. Check both and try again."))
        else:
            limits.forgive(request, data["username"])
            enter(request, opened, shared=data["shared"])
            return redirect(onward_from(request))
    return log_in_page(request, form, 422 if request.method == "POST" else 200)


def log_in_page(request: HttpRequest, form: LogInForm, status: int, **more: object) -> HttpResponse:
    """Return the page with the log-in form; where passkeys work here, a script shows the button for them."""
    context = {"form": form, "by_passkey": house_of(request) is not None, "next": _wanted(request), **more}
    return render(request, "accounts/log_in.html", context, status=status)


@needs_no_room()
@login_not_required
@BOTH
def recover(request: HttpRequest) -> HttpResponse:
    """Open the vault with the recovery code and set a new passphrase; nothing is lost."""
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            opened = unlock.by_recovery(data["username"], data["code"])
        except unlock.NotOpened:
            form.add_error(None, _("That name and code do not open anything. Check both and try again."))
        else:
            unlock.change_passphrase(opened, data["passphrase"])
            limits.forgive(request, data["username"])
            enter(request, opened, shared=data["shared"], code=unlock.renew_recovery(opened))
            end_others(request, opened.user.pk)
            note(opened.user.pk, opened.ring, What.CODE_USED)
            return redirect("accounts:recovery_code")
    return _form(request, "accounts/recover.html", form)


@login_not_required
@require_safe
def lost(request: HttpRequest) -> HttpResponse:
    """Say what comes back and what does not when every way in is lost. The same page for everybody."""
    return render(request, "accounts/lost.html")


@needs_no_room()
@BOTH
@needs_drawer
def recovery_code(request: HttpRequest) -> HttpResponse:
    """Show the recovery code until it has been typed back once, to whoever has just shown who they are."""
    drawer: Drawer = request.drawer  # type: ignore[attr-defined]
    code = unsaved.kept(request.session, drawer)
    if not code:
        request.session.pop(unsaved.CODE, None)
        return redirect(_onward(request))
    form = RecoveryCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if recovery.is_end_of(form.cleaned_data["code"], code):
            del request.session[unsaved.CODE]
            return redirect(_onward(request))
        form.add_error("code", _("That is not the same code. Compare its last letters with those above."))
    return _form(request, "accounts/recovery_code.html", form, code=code)


@require_safe
def still(_request: HttpRequest) -> HttpResponse:
    """Hear from a page on a shared device that somebody is there, typing or reading."""
    return HttpResponse(status=204)


@needs_no_room()
@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End this session; the browser forgets what it cached."""
    logout(request)
    response = redirect("home:today")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _form(request: HttpRequest, template: str, form: object, **more: object) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, **more}, status=status)


def _onward(request: HttpRequest) -> str:
    return "bonds:join" if request.session.get(INVITATION) else request.session.pop(ONWARD, "home:today")


def onward_from(request: HttpRequest) -> str:
    """Return where somebody who has just come in goes on."""
    wanted = _wanted(request)
    if request.session.get(INVITATION):
        return "bonds:join"
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe and wanted.startswith("/") else "home:today"


def _wanted(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""
