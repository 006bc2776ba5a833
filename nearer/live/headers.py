"""The security headers of every page, for answers that Django does not make."""

from __future__ import annotations

from functools import cache
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP, build_policy

from nearer.live.messages import Headers
from nearer.web.middleware import SecurityHeaders

# Each answer says these for itself.
OWN = {"cache-control", "content-length", "content-type"}


@cache
def house_headers() -> Headers:
    """Return what the middleware adds to an empty page, so that there is one list of headers in the house."""
    rules = cast("dict[str, list[str]]", settings.SECURE_CSP)
    policy = {CSP.HEADER_ENFORCE.value: build_policy(rules)}
    worn = SecurityHeaders(lambda _: HttpResponse(headers=policy))(HttpRequest()).items()
    return [(name.lower().encode(), value.encode()) for name, value in worn if name.lower() not in OWN]
