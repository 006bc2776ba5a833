"""Addresses that told a passing glance too much, and where they lead now: they stand in browsers' histories."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

# The longer ones first; what follows such an address goes along.
MOVED = tuple(
    (re.compile(rf"{old}(?=/|$)"), new)
    for old, new in (
        (r"/needs/understanding", r"/mirror/notes"),
        (r"/needs/signs", r"/mirror/lines"),
        (r"/needs", r"/mirror"),
        (r"/practise/needs", r"/practise/mirror"),
        (r"/library/practice/needs", r"/library/practice/mirror"),
        (r"/recover/lost", r"/recover/both"),
        (r"/leave", r"/spaces"),
        (r"(/b/[^/]+)/leave", r"\1/space"),
        (r"/settings/delete", r"/settings/account"),
        (r"/settings/left", r"/settings/spaces"),
    )
)


class MovedMiddleware:
    """Leads a visit to an old address on to the new one; a form that was open meanwhile still arrives."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, at the address that holds now."""
        now = moved(request.path_info)
        if now is None:
            return self.get_response(request)
        if request.method in {"GET", "HEAD"}:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{now}?{query}" if query else now)
        request.path_info = request.path = now
        return self.get_response(request)


def moved(path: str) -> str | None:
    """Return where an address leads now, or None for one that holds."""
    for old, new in MOVED:
        if old.match(path):
            return old.sub(new, path, count=1)
    return None
