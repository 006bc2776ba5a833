"""Remembers, for a minute, which browser is making which account, so that a form sent twice makes one and says nothing.

Like the limits, this lives in this process's memory and names nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time

from django.conf import settings
from django.http import HttpRequest

from nearer.accounts.models import normal

WINDOW = 60.0

_KEY = secrets.token_bytes(32)
_LOCK = threading.Lock()
_MAKING: dict[bytes, float] = {}


def begin(request: HttpRequest, username: str) -> bool:
    """Note that a browser makes an account.

    Returns:
        Whether the same browser was making the same one already. False for a browser without our cookie.
    """
    mark, now = _mark(request, username), time.monotonic()
    if not mark:
        return False
    with _LOCK:
        for old in [each for each, until in _MAKING.items() if until <= now]:
            del _MAKING[old]
        again = mark in _MAKING
        _MAKING[mark] = now + WINDOW
    return again


def is_begun(request: HttpRequest, username: str) -> bool:
    """Say whether the same browser is making this account already."""
    with _LOCK:
        return _MAKING.get(_mark(request, username), 0.0) > time.monotonic()


def forget(request: HttpRequest, username: str) -> None:
    """Note that it makes none: the name was somebody's."""
    with _LOCK:
        _MAKING.pop(_mark(request, username), None)


def _mark(request: HttpRequest, username: str) -> bytes:
    browser = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return hmac.digest(_KEY, f"{browser}\0{normal(username)}".encode(), hashlib.sha256) if browser else b""
