"""The private drawer at the door: who opens what is theirs alone says again that it is them.

An unlocked phone in other hands reads what its owner shares, not what the owner keeps to themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any, Self

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts.forms import ConfirmForm
from nearer.accounts.sessions.door import open_drawer
from nearer.accounts.slowing import limits
from nearer.accounts.ways_in import passkeys, unlock
from nearer.accounts.ways_in.ceremony import AGAIN, Refused, house_of
from nearer.vault.drawer import Drawer
from nearer.web.no_room import needs_no_room
from nearer.web.views import error_page

# For what somebody has just shown that it is them, and how long that counts.
SURE, SURE_FOR = "sure", timedelta(minutes=5)
# The page that asks has these fields; beside them it carries what somebody typed before it came up.
TO, POSTS = "again-to", "again-posts"
OWN_FIELDS = {"csrfmiddlewaretoken", "passphrase", "credential", "prf", TO, POSTS}
# What nobody's page ever carries along. A form that holds one is filled in anew.
SECRET_FIELDS = {"passphrase", "new", "code"}


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What somebody was about to do.

    Attributes:
        to: the address of it, on this site.
        posts: whether it was a form, to be sent once more.
        carried: what they had typed into it.
    """

    to: str
    posts: bool = False
    carried: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Return what a request that found the drawer closed was about.

        A form that is answered with a file names the page it stands on: a file leaves the page that asks as it is, with
        the passphrase still in it.
        """
        if TO in request.POST:
            return cls.back(request)
        typed = set(request.POST)
        if request.method != "POST" or request.FILES or typed & SECRET_FIELDS:
            return cls(to=request.get_full_path())
        return cls(to=request.get_full_path(), posts=True, carried=_carried(request))

    @classmethod
    def back(cls, request: HttpRequest) -> Self:
        """Return what the page that asks was told."""
        wanted = request.POST.get(TO) or request.GET.get("next") or "/"
        safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
        return cls(to=wanted if safe else "/", posts=POSTS in request.POST, carried=_carried(request))

    def go(self) -> HttpResponse:
        """Lead on to it; told 307, a browser sends the form once more by itself."""
        answer = HttpResponseRedirect(self.to)
        answer.status_code = HTTPStatus.TEMPORARY_REDIRECT if self.posts else HTTPStatus.SEE_OTHER
        return answer


def needs_drawer[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Let a view run only while the person's private drawer is open, and keep it open for ten minutes more.

    Otherwise the answer is 403 with the page that asks for the passphrase, nothing is done, and what was
    typed is carried on that page. The view takes a `nearer.bonds.visit.PrivateRequest`.
    """

    @wraps(view)
    def inner(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request: Any = args[0]
        visit = getattr(request, "visit", None)
        drawer: Drawer | None = visit.drawer if visit else None
        if drawer is None:
            return _ask(request, ConfirmForm(), Errand.of(request), HTTPStatus.FORBIDDEN)
        longer = drawer.prolonged(timezone.now())
        if longer is not drawer:
            request.session.drawer = longer
        request.drawer = drawer
        return view(*args, **kwargs)

    return inner


def is_sure(request: HttpRequest, where: str = "") -> bool:
    """Say whether somebody has just shown, for one address and nothing else, that it is them.

    An open drawer is not enough for a lasting way in: whoever takes a phone shortly after a log-in finds it open.

    Args:
        request: theirs.
        where: the address; that of the request unless another is named.
    """
    to, until = request.session.get(SURE, ("", ""))
    return to == (where or request.path_info) and timezone.now() < datetime.fromisoformat(until)


def ask_anew(request: HttpRequest) -> HttpResponse:
    """Answer with the page that asks, whatever is open; what was sent goes on from there."""
    return _ask(request, ConfirmForm(), Errand.of(request), HTTPStatus.FORBIDDEN)


def use_up(request: HttpRequest) -> None:
    """Let what somebody has just shown count for this one act, and for no other."""
    request.session.pop(SURE, None)


def _make_sure(request: HttpRequest, errand: Errand, opened: unlock.Unlocked) -> HttpResponse:
    """Open the drawer, remember for a few minutes what it was opened for, and go there."""
    open_drawer(request, opened)
    until = timezone.now() + SURE_FOR
    request.session[SURE] = (errand.to.partition("?")[0], until.isoformat())
    return errand.go()


@needs_no_room()
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Open the drawer, and go on with what somebody was about to do."""
    errand, form = Errand.back(request), ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_again(request, form)
        except limits.TooMany:
            return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
        if opened is not None:
            return _make_sure(request, errand, opened)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return _ask(request, form, errand, status)


@needs_no_room()
@require_POST
def again_by_passkey(request: HttpRequest) -> HttpResponse:
    """Open the drawer with a passkey, and go on with what somebody was about to do."""
    errand, form = Errand.back(request), ConfirmForm({})
    try:
        opened = open_by_passkey(request)
    except limits.TooMany:
        return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    if opened is not None:
        return _make_sure(request, errand, opened)
    form.errors.clear()
    form.add_error(None, _("This passkey does not open it. Use your passphrase."))
    return _ask(request, form, errand, HTTPStatus.UNPROCESSABLE_ENTITY)


@needs_no_room()
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the drawer now."""
    request.session.drawer = None  # type: ignore[attr-defined]
    return redirect("home:today")


def open_by_passkey(request: HttpRequest) -> unlock.Unlocked | None:
    """Open the signed-in person's vault with the passkey in a form; None when it is not theirs, or opens nothing.

    Raises:
        TooMany: wait before the next try.
    """
    limits.check_passkey(request)
    try:
        passkey = passkeys.shown(request, AGAIN)
        if passkey.method.user_id != request.user.pk:
            return None
        return passkeys.open_with(passkey, request.POST.get("prf", ""))
    except Refused:
        return None


def open_again(request: HttpRequest, form: Form) -> unlock.Unlocked | None:
    """Open the signed-in person's vault with the passphrase in a form; tries are counted as at the door.

    Args:
        request: whose session it is.
        form: a valid form with a field `passphrase`; gets the error when it is the wrong one.

    Returns:
        The opened vault, or None.

    Raises:
        TooMany: wait before the next try.
    """
    username = request.user.get_username()
    limits.check(request, username)
    try:
        opened = unlock.by_passphrase(username, form.cleaned_data["passphrase"])
    except unlock.NotOpened:
        form.add_error("passphrase", _("That is not your passphrase. Try again."))
        return None
    limits.forgive(request, username)
    return opened


def has_passkey(request: HttpRequest) -> bool:
    """Say whether the signed-in person has a passkey that opens their vault here."""
    return house_of(request) is not None and passkeys.may_open(request.user.pk)


def _ask(request: HttpRequest, form: ConfirmForm, errand: Errand, status: int) -> HttpResponse:
    context = {"form": form, "errand": errand, "by_passkey": has_passkey(request)}
    return render(request, "accounts/again.html", context, status=status)


def _carried(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    typed = ((name, values) for name, values in request.POST.lists() if name not in OWN_FIELDS)
    return tuple((name, value) for name, values in typed for value in values)
