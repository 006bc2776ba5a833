"""Slows guessing down without letting anybody lock the owner out.

Counts live in this process's memory: they name nobody on disk. A browser that has logged in before
carries a signed device cookie and has a count of its own, so a stranger's guesses never block it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from nearer.accounts.models import normal

ACCOUNT_TRIES, ADDRESS_TRIES, CODE_TRIES = 10, 30, 600
ACCOUNT_WINDOW, ADDRESS_WINDOW = 3600.0, 60.0
DEVICE_AGE = 365 * 24 * 3600
REMEMBERED = 50_000
LOOPBACK = ("127.0.0.1", "::1", "")

_DAY_KEY = secrets.token_bytes(32)
_LOCK = threading.Lock()
_COUNTS: OrderedDict[str, tuple[int, float]] = OrderedDict()


class TooMany(Exception):
    """Too many tries for now."""


def check(request: HttpRequest, username: str) -> None:
    """Count one try.

    Args:
        request: carries the address and, perhaps, a device cookie for this username.
        username: whose vault is being tried; "" for sign-ups.

    Raises:
        TooMany: wait before the next try.
    """
    device = _known_device(request, username)
    address = request.META.get("REMOTE_ADDR", "")
    if address not in LOOPBACK:  # a proxy without forwarded addresses would put everybody into one count
        _count(f"address:{_hidden(address)}", ADDRESS_TRIES, ADDRESS_WINDOW)
    if username:
        _count(f"account:{_hidden(normal(username))}:{device}", ACCOUNT_TRIES, ACCOUNT_WINDOW)


def check_code(request: HttpRequest) -> None:
    """Count one try at an invitation's code; a short code can only be guessed through here.

    Raises:
        TooMany: wait before the next try.
    """
    check(request, "")
    _count("codes", CODE_TRIES, ADDRESS_WINDOW)


def forgive(request: HttpRequest, username: str) -> None:
    """Forget the failed tries of this browser after a success."""
    with _LOCK:
        _COUNTS.pop(f"account:{_hidden(normal(username))}:{_known_device(request, username)}", None)


def remember_device(response: HttpResponse, username: str) -> None:
    """Mark this browser as one that has logged in to this account."""
    value = TimestampSigner(salt="nearer.device").sign(f"{_lasting(username)}.{secrets.token_hex(8)}")
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        value,
        max_age=DEVICE_AGE,
        secure=settings.SECURE,
        httponly=True,
        samesite="Strict",
    )


def reset() -> None:
    """Forget every count."""
    with _LOCK:
        _COUNTS.clear()


def _count(name: str, most: int, window: float) -> None:
    now = time.monotonic()
    with _LOCK:
        tries, until = _COUNTS.get(name, (0, now + window))
        if until <= now:
            tries, until = 0, now + window
        _COUNTS[name] = (tries + 1, until)
        _COUNTS.move_to_end(name)
        while len(_COUNTS) > REMEMBERED:
            _COUNTS.popitem(last=False)
    if tries >= most:
        raise TooMany


def _hidden(text: str) -> str:
    return hmac.new(_DAY_KEY, text.encode(), hashlib.sha256).hexdigest()[:16]


def _lasting(username: str) -> str:
    return hmac.new(
        settings.HOST_KEY, b"nearer/v1/device\0" + normal(username).encode(), hashlib.sha256
    ).hexdigest()


def _known_device(request: HttpRequest, username: str) -> str:
    try:
        value = TimestampSigner(salt="nearer.device").unsign(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), max_age=DEVICE_AGE
        )
    except BadSignature:
        return ""
    owner, _, device = value.partition(".")
    return device if hmac.compare_digest(owner, _lasting(username)) else ""
