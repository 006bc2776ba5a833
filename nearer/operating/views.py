"""Pages for whoever runs the copy, and answers for what watches it."""

from __future__ import annotations

from hmac import compare_digest
from importlib.metadata import version

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from nearer.backups import state as backups
from nearer.bonds.visit import PrivateRequest
from nearer.operating import calling, figures, findings, mail, state
from nearer.operating.doors import for_the_operator
from nearer.operating.metrics import meter
from nearer.operating.notes import NOTES
from nearer.operating.state import Keys, Store

PLAIN = "text/plain"
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"
# Within one major version an older program goes on with what a newer one has added.
USABLE = {Store.FITS, Store.AHEAD}


@login_not_required
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type=PLAIN)


@login_not_required
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether both databases answer and are migrated, and whether the keys are there; each in a line of its own.

    A backup that is late keeps nobody from working: it is told, and no reason to send people elsewhere.
    """
    stores = {name: state.store(alias) for name, alias in (("records", "default"), ("keys", "keys"))}
    keys = state.keys()
    is_ready = set(stores.values()) <= USABLE and keys is Keys.FIT
    lines = ["ready" if is_ready else "not ready"]
    lines += [f"database of the {name}: {found}" for name, found in stores.items()]
    lines += [f"keys of the accounts: {keys}", f"backups: {_backups()}"]
    return HttpResponse("\n".join([*lines, ""]), content_type=PLAIN, status=200 if is_ready else 503)


def _backups() -> str:
    if not backups.is_set_up():
        return "none are made"
    return "late" if backups.is_late() else "ok"


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give whoever shows the token counts and timings; for everybody else there is no such page."""
    scheme, _space, shown = request.headers.get("Authorization", "").partition(" ")
    counted = meter()
    asked = settings.CONFIG.metrics_token.encode()
    if counted is None or scheme.lower() != "bearer" or not compare_digest(shown.strip().encode(), asked):
        raise Http404
    return HttpResponse(counted.written(), content_type=EXPOSITION)


@require_safe
@for_the_operator
def page(request: PrivateRequest) -> HttpResponse:
    """Show how the copy is: counts and days, no word, no name, no pair."""
    return _page(request)


@require_POST
@for_the_operator
def try_mail(request: PrivateRequest) -> HttpResponse:
    """Ask the mail server whether it takes us in, and show what came of it."""
    return _page(request, tried=mail.ask() if settings.CONFIG.mail_url else None)


@require_POST
@for_the_operator
def try_notice(request: PrivateRequest) -> HttpResponse:
    """Send a notice to whoever asks, wherever they are called themselves, and show what became of it."""
    return _page(request, trials=calling.send_one(request.user.pk, request.ring.profile))


def _page(
    request: PrivateRequest,
    *,
    tried: mail.Mail | None = None,
    trials: list[calling.Trial] | None = None,
) -> HttpResponse:
    context = {
        "tab": "settings",
        "version": version("nearer"),
        "notes": NOTES.items(),
        "wrong": sorted(findings.everything(), key=lambda each: -each.level),
        "accounts": figures.accounts(),
        "size": figures.size(),
        "left": state.left(),
        "backups": backups.known() if backups.is_set_up() else None,
        "by_mail": bool(settings.CONFIG.mail_url),
        "by_push": settings.CONFIG.is_safe,
        "waiting": figures.waiting(),
        "tried": tried,
        "trials": trials,
    }
    return render(request, "operating/page.html", context)
