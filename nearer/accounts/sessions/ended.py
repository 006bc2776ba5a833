"""A form that came when its session had ended, or from a page of an earlier one: nothing is sent, and nothing is lost.

The words are in this one answer to the browser that sent them, and nowhere else: they are not stored, and not in the
log-in form, so they never go out again in anybody's name. On a device that others use they are not shown at all.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from nearer.accounts.again import OWN_FIELDS, SECRET_FIELDS
from nearer.accounts.forms import LogInForm
from nearer.accounts.slowing import known
from nearer.accounts.views import log_in_page
from nearer.web.views import csrf_failure

# What forms carry beside words: names of moves, ids, days, numbers, addresses and choices.
NOT_TYPED = OWN_FIELDS | {"move", "once"}
# What a page asks for by itself: it says in its own words that the session is over, and keeps what is typed.
BY_SCRIPT = {"X-Fragment", "X-By-Hand"}
A_CHOICE = re.compile(r"[a-z0-9_.:/?=&-]*")


class DoorMiddleware(LoginRequiredMiddleware):
    """Leads who is not signed in to the log-in, and tells whoever sent words that nothing was sent."""

    def process_view(self, request: HttpRequest, view_func: Any, *more: Any) -> HttpResponseBase | None:
        """Answer a request that only somebody signed in may make; others go on. A script is told 401."""
        answer = super().process_view(request, view_func, *more)
        if answer is not None and any(name in request.headers for name in BY_SCRIPT):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        words = _typed(request) if answer is not None and request.method == "POST" else []
        return _nothing_sent(request, words) if words else answer


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form that carries no valid token, such as one of an earlier log-in; the reason is not shown."""
    is_ones_own = _page_before(request) and _is_ones_own_device(request)
    words = _typed(request) if request.method == "POST" and is_ones_own else []
    if not words:
        return csrf_failure(request, reason)
    page = render_to_string("accounts/stale.html", {"words": words})
    return HttpResponse(page, status=HTTPStatus.FORBIDDEN)


def _nothing_sent(request: HttpRequest, words: list[str]) -> HttpResponse:
    shown = words if _is_ones_own_device(request) else []
    return log_in_page(
        request, LogInForm(), HTTPStatus.FORBIDDEN, ended=True, words=shown, next=_where_it_was_typed(request)
    )


def _typed(request: HttpRequest) -> list[str]:
    if set(request.POST) & SECRET_FIELDS:
        return []
    texts = [text for name, sent in request.POST.lists() if name not in NOT_TYPED for text in sent]
    return [text for text in texts if not A_CHOICE.fullmatch(text)]


def _is_ones_own_device(request: HttpRequest) -> bool:
    """Whether this browser is known as somebody's own, and was not left by resting or by the quick way out."""
    was_left = settings.EXIT_COOKIE_NAME in request.COOKIES or request.session.rested  # type: ignore[attr-defined]
    return bool(known.mark_in(request)) and not was_left


def _where_it_was_typed(request: HttpRequest) -> str:
    parts = urlsplit(_page_before(request))
    return (f"{parts.path}?{parts.query}" if parts.query else parts.path) or "/"


def _page_before(request: HttpRequest) -> str:
    """Return the page of this house that a form came from, or ""."""
    page = request.headers.get("Referer", "")
    told, here = (page, request.headers.get("Origin", page)), {request.get_host()}
    return page if all(url_has_allowed_host_and_scheme(each, allowed_hosts=here) for each in told) else ""
