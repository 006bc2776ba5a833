"""While a copy is restored or moved, one kind page says that it is back in a minute."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from nearer.standstill import going_on
from nearer.web.views import error_page

ALIVE = "/healthz"  # a program that stands still is alive: nobody is to start it anew because of that
SECONDS = "60"


class StandingMiddleware:
    """Lets nobody in during a standstill, and no standstill begin while somebody is in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, now or in a minute."""
        if request.path_info == ALIVE:
            return self.get_response(request)
        with going_on() as may:
            if may:
                return self.get_response(request)
        answer = error_page(None, 503, "503_minute")
        answer.headers["Retry-After"] = SECONDS
        return answer
