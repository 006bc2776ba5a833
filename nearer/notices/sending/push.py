"""Web Push (RFC 8030): the message is sealed to the browser, so the push service sees a length that is always the same."""

from __future__ import annotations

import http.client
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.utils import timezone

from nearer.notices.queue import Later, sender
from nearer.notices.sending.words import Gone, payload
from nearer.outward import NotFetched, Watch, Why, cleaned, connected
from nearer.vault.webpush import authorization, bytes_of, encrypt

SCHEMES = ("https",)
TTL = 12 * 3600  # seconds a push service keeps it for a device that is off
DEAD = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
TAKEN = {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT}


def send(where: dict[str, Any], mark: str) -> None:  # Any: what was sealed
    """Hand the message to a push service; a later one takes the place of one that still waits there.

    Args:
        where: the endpoint and the browser's keys.
        mark: of this notice; the service tells them apart by their topic, which is always the same.

    Raises:
        Gone: there is no such browser any more, or the endpoint is none that may be reached.
        Later: it was not taken.
    """
    try:
        status = _post(where)
    except NotFetched as refused:
        raise Gone if refused.why in {Why.ADDRESS, Why.SHUT} else Later from None
    except (OSError, http.client.HTTPException):
        raise Later from None
    if status in DEAD:
        raise Gone
    if status not in TAKEN:
        raise Later


def _post(where: dict[str, Any]) -> int:
    endpoint = cleaned(where["endpoint"])
    parts = urlsplit(endpoint)
    if parts.scheme not in SCHEMES:
        raise NotFetched(Why.ADDRESS)
    body = encrypt(payload(), to=bytes_of(where["key"]), auth=bytes_of(where["auth"]))
    headers = {
        "Host": parts.netloc,
        "Authorization": authorization(
            endpoint, private=sender().push, contact=_contact(), at=timezone.now()
        ),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/notification+json",
        "TTL": str(TTL),
        "Topic": "nearer",
        "Urgency": "normal",
    }
    with Watch() as watch, connected(endpoint, watch) as connection:
        connection.request("POST", urlunsplit(("", "", parts.path, parts.query, "")), body, headers)
        with connection.getresponse() as answer:
            return answer.status


def _contact() -> str:
    """Return whom a push service can write to: RFC 8292 wants an https or mailto address."""
    url = str(settings.CONFIG.url)
    return url if url.startswith("https:") else "mailto:nobody@invalid"
