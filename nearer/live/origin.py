"""Whether a request comes from a page of another site."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from nearer.live.messages import Scope, header_values

OWN = {b"same-origin", b"none"}


def is_foreign(scope: Scope) -> bool:
    """Return whether the request's own headers show another site, or a host that is not ours.

    Args:
        scope: the request.
    """
    hosts, origins = header_values(scope, b"host"), header_values(scope, b"origin")
    if len(hosts) != 1 or len(origins) > 1 or not _is_ours(hosts[0].decode("latin-1")):
        return True
    if any(value not in OWN for value in header_values(scope, b"sec-fetch-site")):
        return True
    return bool(origins) and not _is_same(origins[0].decode("latin-1"), hosts[0].decode("latin-1"))


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
