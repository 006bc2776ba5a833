"""Whether a request comes from a page of another site, and by what one sees it."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from nearer.live.messages import Scope, header_values

OWN = {b"same-origin", b"none"}
NAMED = re.compile(r"[a-z0-9.:\[\]-]{1,80}", re.IGNORECASE)


class Foreign(StrEnum):
    """By what a request looks as if another site had sent it; each as whoever runs the copy should read it."""

    HOST = (
        "A form was refused: its Host header is %(host)s, and people reach this copy at %(url)s (NEARER_URL). Let the proxy pass "
        "Host on as it came (nginx: proxy_set_header Host $http_host), or set NEARER_URL to the address that people use."
    )
    HIDDEN = (
        "A form was refused: its Origin header is null. Something in front of this copy sets Referrer-Policy: no-referrer; "
        "let it leave that header as it is."
    )
    ORIGIN = (
        "A form was refused: its Origin header names another address than its Host header, %(host)s. Let the proxy pass on both as they "
        "came (nginx: proxy_set_header Host $http_host, and nothing for Origin), and set NEARER_URL to the address that people use."
    )
    SITE = "A form was refused: a page of another site sent it."


def foreign(scope: Scope) -> Foreign | None:
    """Return by what the request's own headers show another site, or a host that is not ours; None where they do not.

    Args:
        scope: the request.
    """
    hosts, origins = header_values(scope, b"host"), header_values(scope, b"origin")
    if len(hosts) != 1 or not _is_ours(hosts[0].decode("latin-1")):
        return Foreign.HOST
    if any(value not in OWN for value in header_values(scope, b"sec-fetch-site")):
        return Foreign.SITE
    if origins == [b"null"]:
        return Foreign.HIDDEN
    if len(origins) > 1 or (
        origins and not _is_same(origins[0].decode("latin-1"), hosts[0].decode("latin-1"))
    ):
        return Foreign.ORIGIN
    return None


def said(cause: Foreign, scope: Scope) -> str:
    """Return the sentence for the log: it names our own address and the Host header, and nothing else of the request."""
    host = b" ".join(header_values(scope, b"host")).decode("latin-1")
    return cause % {
        "host": host if NAMED.fullmatch(host) else "missing or no host name",
        "url": settings.CONFIG.url,
    }


def _is_ours(host: str) -> bool:
    # Guards against a foreign name that was made to point here.
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _is_same(origin: str, host: str) -> bool:
    # The scheme is not compared with ours: behind a proxy this process sees http where the page has https.
    try:
        parts = urlsplit(origin)
        return parts.scheme in {"http", "https"} and parts.netloc.lower() == host.lower()
    except ValueError:
        return False
