"""Fetches a calendar from an address somebody gave, by the one way out: see `nearer.outward`.

Each redirection is looked at like the address itself.
"""

from __future__ import annotations

import http.client
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit, urlunsplit

from nearer.outward import NotFetched, Watch, Why, cleaned, connected

__all__ = ["MOST_BYTES", "NotFetched", "Why", "cleaned", "fetch"]

MOST_BYTES = 10 * 1024 * 1024
MOST_REDIRECTS = 3
AGAIN = {
    HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
}  # fmt: skip
ASKS = {"Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity", "User-Agent": "Calendar/1.0"}


def fetch(address: str) -> bytes:
    """Return what lies at an address.

    Args:
        address: as somebody gave it; http, https or webcal.

    Raises:
        NotFetched: nothing came, or nothing may.
    """
    there = cleaned(address)
    with Watch() as watch:
        for _ in range(MOST_REDIRECTS + 1):
            found = _ask(there, watch)
            if watch.is_over:  # who is hung up on may seem to have come to an end
                raise NotFetched(Why.SILENT)
            if isinstance(found, bytes):
                return found
            onward = cleaned(urljoin(there, found))
            if there.startswith("https:") and not onward.startswith("https:"):
                raise NotFetched(Why.REFUSED)
            there = onward
    raise NotFetched(Why.REFUSED)


def _ask(address: str, watch: Watch) -> bytes | str:
    """Return what lies there, or where else to ask."""
    parts = urlsplit(address)
    with connected(address, watch) as connection:
        try:
            path = urlunsplit(("", "", parts.path, parts.query, ""))
            connection.request("GET", path, headers={**ASKS, "Host": parts.netloc})
            with connection.getresponse() as answer:
                if answer.status in AGAIN and (onward := answer.getheader("Location")):
                    return onward
                if answer.status != HTTPStatus.OK:
                    raise NotFetched(Why.REFUSED)
                return _content(answer)
        except (OSError, http.client.HTTPException, ValueError):
            raise NotFetched(Why.SILENT) from None


def _content(answer: http.client.HTTPResponse) -> bytes:
    content = answer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotFetched(Why.LARGE)
    return content
