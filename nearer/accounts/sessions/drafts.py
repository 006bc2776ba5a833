"""What somebody has typed and not sent yet stays in the tab of their own browser, sealed: see `drafts.js`.

The browser gets the key of the day with each page, and keeps it nowhere; beside what it sealed stands the day, and the key of
an earlier one is asked for. Whoever logs in again gets the same one, so that an ended session costs no word, be it that a page
stood open for weeks; another person gets another, and a month later nobody does. Where others use the device, and on a phone
that lies between two people, there is none: nothing is stored there, and the page asks before it is left.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from nearer.vault.keys import draft_key
from nearer.vault.ring import Ring

# A name that the page gives to what it sends, and hears again when it was taken.
FIELD = "draft"
A_NAME = re.compile(r"[0-9a-f-]{36}")
HEARD_WITHIN = 600
TAKEN = {HTTPStatus.OK, HTTPStatus.NO_CONTENT, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}
# Twice as long as a session lasts that nobody uses.
OPENS_FOR = timedelta(days=30)


def drafts(request: HttpRequest) -> dict[str, Any]:
    """Add `drafts` to every template: today and its key, or "" where nothing may be stored."""
    return {"drafts": SimpleLazyObject(lambda: _key(request, timezone.now().date()))}


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """Answer a page that finds what was typed on an earlier day, or was opened on one: that day and its key, then today's."""
    today = timezone.now().date()
    day = _day(request.GET.get("day", ""))
    keys = [_key(request, each) for each in (day, today)] if day and today - OPENS_FOR <= day <= today else []
    if not any(keys):
        raise Http404
    return HttpResponse("\n".join(keys), content_type="text/plain")


def _day(said: str) -> date | None:
    try:
        return parse_date(said)
    except ValueError:
        return None


def _key(request: HttpRequest, day: date) -> str:
    ring = getattr(request, "ring", None)
    if not isinstance(ring, Ring) or request.session.is_shared:  # type: ignore[attr-defined]
        return ""
    return f"{day.isoformat()} {b64encode(draft_key(ring.profile, day)).decode()}"


class DraftsMiddleware:
    """Tells a page that a form of it was taken, so that its words are not offered once more; whoever leaves takes that along."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a form that was refused, or that goes on to be sent again, is not taken."""
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in TAKEN:
            name = request.POST.get(FIELD, "")
            if A_NAME.fullmatch(name):
                response.set_cookie(
                    settings.SENT_COOKIE_NAME,
                    name,
                    max_age=HEARD_WITHIN,
                    secure=settings.SECURE,
                    samesite="Strict",
                )
        if settings.SENT_COOKIE_NAME in request.COOKIES and not request.user.is_authenticated:
            response.delete_cookie(settings.SENT_COOKIE_NAME, samesite="Strict")
        return response
