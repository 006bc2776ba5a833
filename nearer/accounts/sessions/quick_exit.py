"""Quick exit: the page is gone at once, and the session with it, also when the server hears of it late or never.

The browser sends a form to /lock. Where scripts run, it also sets a cookie that says nothing but "gone": if the
form never arrives, on a line that is down or too slow, the session ends with the next request from that browser,
whoever makes it. The next answer takes the cookie away.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from nearer.web.no_room import needs_no_room


# Without a token every page can carry the same button, also those that are the same for everybody. A form of
# another site does no harm here: the session's cookie does not come along with it (SameSite).
@needs_no_room()
@csrf_exempt
@login_not_required
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """End this session, and lead on to the neutral site in place of this page."""
    logout(request)
    # A redirect would be stopped by the policy that keeps forms on this site; a refresh is not.
    return HttpResponse(render_to_string("web/gone.html", {"url": settings.CONFIG.exit_url}))


class QuickExitMiddleware:
    """Ends the session of a browser whose page was left by quick exit, before anything of it is opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End it if the browser says so, and let the browser forget that it did, and all that it stored."""
        if settings.EXIT_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        logout(request)
        response = self.get_response(request)
        response.delete_cookie(settings.EXIT_COOKIE_NAME, samesite="Lax")
        response.headers["Clear-Site-Data"] = '"storage"'
        return response
