"""Both windows on one page, and the way into one of them."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nearer.accounts.models import User
from nearer.accounts.sessions.door import enter
from nearer.accounts.ways_in import unlock
from nearer.demo.middleware import SIDE
from nearer.demo.serving import next_hour
from nearer.demo.sides import ports_of
from nearer.demo.story import people


@login_not_required
@require_safe
def windows(request: HttpRequest) -> HttpResponse:
    """Show both windows."""
    place = urlsplit(f"{request.scheme}://{request.get_host()}")
    sides = [
        {**person, "url": f"{place.scheme}://{place.hostname}:{port}"}
        for person, port in zip(people()["person"], ports_of(settings.CONFIG.bind), strict=True)
    ]
    context = {"sides": sides, "until": next_hour(timezone.now())}
    response = render(request, "demo/windows.html", context)
    # Nothing but the two windows may stand in it; where one is left in a hurry, the plain page it leads to may, too.
    frames = [*(side["url"] for side in sides), settings.CONFIG.exit_url]
    response._csp_config = {**settings.SECURE_CSP, "frame-src": frames, "frame-ancestors": ["'none'"]}  # type: ignore[attr-defined]  # noqa: SLF001 - as Django's own decorator does
    # A page with this policy could hold no window from another port.
    response["Cross-Origin-Embedder-Policy"] = "unsafe-none"
    return response


@login_not_required
@require_safe
def come_in(request: HttpRequest) -> HttpResponse:
    """Log in whoever this side is, without a passphrase: it is printed where the demo runs."""
    side = request.META.get(SIDE, "")
    try:
        enter(request, _unlocked(side))
    except (KeyError, unlock.NotOpened, User.DoesNotExist):
        return redirect("accounts:login")
    return redirect("home:today")


def _unlocked(side: str) -> unlock.Unlocked:
    """Return somebody's open vault; trying a passphrase takes long on purpose, so it is tried once.

    Raises:
        NotOpened: a visitor has changed it since.
        DoesNotExist: a visitor has deleted the account.
    """
    found = _opened(side, User.objects.get(username=side).pk)
    found.user.refresh_from_db()
    return found


@cache
def _opened(side: str, _pk: object) -> unlock.Unlocked:
    said = {each["username"]: each["passphrase"] for each in people()["person"]}
    return unlock.by_passphrase(side, said[side])
