"""Gives each request its opened vault, without globals: keys travel as arguments from here."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from nearer import clock
from nearer.vault.ring import CutRing, Ring

SEEN = "day"
# What a page does by itself: it says nothing about whether somebody is there.
WAITS, BY_ITSELF = "waits", ("cors", "same-origin", "no-cors")
BY_HAND = "X-By-Hand"


class VaultMiddleware:
    """Sets what a signed-in person's session holds.

    `request.ring` is their key ring, what is left of it in together mode, or None.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Open the ring and, once a day, roll the session's last day forward."""
        session, known = request.session, request.user.is_authenticated
        ring = (CutRing.of(session) or Ring.of(session)) if known else None
        request.ring = ring  # type: ignore[attr-defined]
        if ring is not None:
            if _by_hand(request):
                session.use()  # type: ignore[attr-defined]
            today = clock.now().date().isoformat()
            if request.session.get(SEEN) != today:
                request.session[SEEN] = today
        return self.get_response(request)


def _by_hand(request: HttpRequest) -> bool:
    """Return whether a person did this, and not a page that waits."""
    if request.method == "POST" or BY_HAND in request.headers:
        return True
    return WAITS not in request.GET and request.headers.get("Sec-Fetch-Mode") not in BY_ITSELF
