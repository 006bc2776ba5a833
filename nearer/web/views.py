"""Help, the kit, and the error pages, which need no session, no database and no request."""

import re
import sys
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from nearer.config import LOCAL_HOSTS
from nearer.database import cannot_store
from nearer.web import samples
from nearer.web.helplines import by_country, own_behaviour
from nearer.web.logs import request_id
from nearer.web.remarks import remark

HOST = re.compile(r"[a-z0-9.:\[\]-]{1,80}", re.IGNORECASE)
ERROR_PAGES = frozenset({400, 403, 404, 409, 410, 413, 429, 500, 503})
# The page can send nothing by itself, not even to this house, but that it is left: Quick exit ends the session.
# The host is named, because only so can an address be. One in brackets cannot: there the cookie of Quick exit does it.
LEFT = [f"{host}:*/lock" for host in sorted({settings.CONFIG.host, *LOCAL_HOSTS}) if ":" not in host]
SILENT: Any = settings.SECURE_CSP | {"connect-src": LEFT}
RETRY_AFTER = {HTTPStatus.TOO_MANY_REQUESTS: "60", HTTPStatus.SERVICE_UNAVAILABLE: "10"}


@csp_override(SILENT)
@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show help and safety to anybody: the same bytes for everybody, with nothing of it sent, stored or counted.

    Drawn without the request, so that nothing of whoever asks can be on it.
    """
    return HttpResponse(help_text())


def help_text() -> str:
    """Return the page of help and safety."""
    context = {"countries": by_country(), "own": own_behaviour(), "tab": "help"}
    return render_to_string("web/help.html", context)


@login_not_required
@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, for those who build pages and for the tests."""
    return render(request, "web/kit.html", samples.kit_context())


def error_page(request: HttpRequest | None, status: int, page: str = "") -> HttpResponse:
    """Return the page for an error status: 400, 403, 404, 409, 410, 413, 429, 500 or 503.

    It says nothing about the request, so that one cause cannot be told from another.
    Raises ValueError for a status that has no page.

    Args:
        request: whose.
        status: which.
        page: "shut" where something of somebody's does not open, "503_room" where nothing can be stored; else the page
            of the status.
    """
    return _answer(status, page or str(status))


def _answer(status: int, page: str, **shown: str) -> HttpResponse:
    if status not in ERROR_PAGES:
        raise ValueError(f"there is no error page for {status}")
    # Rendered without the request: an error page must not touch the session that may have caused it.
    response = HttpResponse(render_to_string(f"web/errors/{page}.html", shown), status=status)
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[HTTPStatus(status)]
    return response


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400; whoever came by an address that the copy is not set up for is told that."""
    if isinstance(exception, DisallowedHost):
        host = request.META.get("HTTP_HOST", "")
        remark(
            f"A visit was refused: it came to {host if HOST.fullmatch(host) else 'no host name'}, and NEARER_URL is {settings.CONFIG.url}. "
            "If people use that address, set NEARER_URL to it, such as NEARER_URL=http://192.168.1.20:8000."
        )
        return _answer(400, "400_host")
    return _answer(400, "400")


@login_not_required
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return _answer(403, "403")


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, the same bytes for what never existed and for what belongs to others."""
    return _answer(404, "404")


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; or 503 when the database cannot do it now: nothing can be stored, or its server is just starting."""
    problem = sys.exception()
    if cannot_store(problem):
        return _answer(503, "503_room")
    if isinstance(problem, OperationalError):
        return _answer(503, "503")
    return _answer(500, "500", request_id=request_id())


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form that carried no valid token; the reason is not shown.

    Where it is the surroundings and not the token, the page and the log say so.
    """
    if reason.startswith(("Origin", "Referer")):
        remark(
            "A form was refused: neither Origin nor Referer shows that it came from this copy. Let the proxy pass on both, and Host and "
            f"X-Forwarded-Proto, as they came; NEARER_URL is {settings.CONFIG.url}."
        )
        return _answer(403, "403_foreign")
    return _answer(403, "403_csrf")
