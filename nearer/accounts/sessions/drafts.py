"""What somebody has typed and not sent yet stays in the tab of their own browser, sealed: see `drafts.js`.

The browser gets the key with each page, and keeps it nowhere. Whoever logs in again gets the same one, so that an ended
session costs no word; another person gets another, and two days later nobody does. Where others use the device, and on a
phone that lies between two people, there is none: nothing is stored there, and the page asks before it is left.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from nearer.vault.keys import draft_key
from nearer.vault.ring import Ring

# A name that the page gives to what it sends, and hears again when it was taken.
FIELD = "draft"
A_NAME = re.compile(r"[0-9a-f-]{36}")
HEARD_WITHIN = 600
TAKEN = {HTTPStatus.OK, HTTPStatus.NO_CONTENT, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}
YESTERDAY = timedelta(days=1)


def drafts(request: HttpRequest) -> dict[str, Any]:
    """Add `drafts` to every template: the keys of today and yesterday, or "" where nothing may be stored."""
    return {"drafts": SimpleLazyObject(lambda: _keys(request))}


def _keys(request: HttpRequest) -> str:
    ring = getattr(request, "ring", None)
    if not isinstance(ring, Ring) or request.session.is_shared:  # type: ignore[attr-defined]
        return ""
    today = timezone.now().date()
    return " ".join(b64encode(draft_key(ring.profile, day)).decode() for day in (today, today - YESTERDAY))


class DraftsMiddleware:
    """Tells a page that a form of it was taken, so that its words are not offered once more."""

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
        return response
