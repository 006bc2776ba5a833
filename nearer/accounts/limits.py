"""Slows guessing down without letting anybody lock the owner out.

Counts live in this process's memory: they name nobody on disk, and an address is counted under a key that
is thrown away every day. A browser that has logged in before carries a signed device cookie and has a count
of its own, so a stranger's guesses never block it; and a recovery code, which cannot be guessed, is not
counted with them.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from nearer.accounts.models import normal

HOUR, DAY = 3600.0, 24 * 3600.0
DEVICE_AGE = 365 * 24 * 3600
REMEMBERED = 50_000
INSIDE = "inside"
# What one household or provider hands to one customer; single addresses in it cost nothing.
NETWORK = 64


class TooMany(Exception):
    """Too many tries for now."""


@dataclass
class Count:
    """Counts tries by name. Where tries go on, each wait is twice as long as the one before.

    Attributes:
        most: how many tries there are in one window.
        window: how long it is, in seconds.
        longest: how long it can grow.
    """

    most: int
    window: float
    longest: float
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _tries: OrderedDict[str, tuple[int, float, float]] = field(default_factory=OrderedDict, repr=False)

    def one(self, name: str) -> None:
        """Count one try.

        Raises:
            TooMany: there were as many as there may be in this window.
        """
        now = time.monotonic()
        with self._lock:
            tries, until, span = self._tries.get(name, (0, now + self.window, self.window))
            if until <= now:
                goes_on = tries > self.most and now - until < span
                span = min(span * 2, self.longest) if goes_on else self.window
                tries, until = 0, now + span
            self._tries[name] = (tries + 1, until, span)
            self._tries.move_to_end(name)
            while len(self._tries) > REMEMBERED:
                self._tries.popitem(last=False)
        if tries >= self.most:
            raise TooMany

    def forget(self, name: str | None = None) -> None:
        """Forget one name's tries, or all."""
        with self._lock:
            self._tries.clear() if name is None else self._tries.pop(name, None)


ACCOUNTS = Count(10, HOUR, DAY)
ADDRESSES = Count(30, 60.0, 60.0)
PRACTISING = Count(240, 60.0, 60.0)  # moves with the practice partner, which anybody may make
CODES = Count(600, 60.0, 60.0)  # of the whole house: a short code can only be guessed here

_LASTING = secrets.token_bytes(32)
_today: tuple[float, bytes] = (0.0, b"")


def check(request: HttpRequest, username: str) -> None:
    """Count one try at a passphrase.

    Args:
        request: carries the address and, perhaps, a device cookie for this username.
        username: whose vault is being tried; "" for sign-ups.

    Raises:
        TooMany: wait before the next try.
    """
    check_address(request)
    if username:
        ACCOUNTS.one(_account(request, username))


def check_address(request: HttpRequest, count: Count = ADDRESSES) -> None:
    """Count one try of whoever is at this address.

    Raises:
        TooMany: wait before the next try.
    """
    name = _network(request.META.get("REMOTE_ADDR", ""))
    if name:  # a proxy that does not say for whom it asks would put everybody into one count
        count.one(_hidden(name, _day_key()))


def check_code(request: HttpRequest, code: str) -> None:
    """Count one try at an invitation; a link's secret cannot be guessed, a short code could be.

    Raises:
        TooMany: wait before the next try.
    """
    check_address(request)
    if code:
        CODES.one("")


def forgive(request: HttpRequest, username: str) -> None:
    """Forget the failed tries of this browser after a success."""
    ACCOUNTS.forget(_account(request, username))


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
    for count in (ACCOUNTS, ADDRESSES, PRACTISING, CODES):
        count.forget()


def _account(request: HttpRequest, username: str) -> str:
    return f"{_hidden(normal(username), _LASTING)}:{_known_device(request, username)}"


def _network(address: str) -> str:
    """Return what an address is counted as; "" for this machine itself."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    if found.is_loopback:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, NETWORK), strict=False))
    return str(found)


def _day_key() -> bytes:
    """Return today's key; with yesterday's goes the last way back from a count to an address."""
    global _today  # noqa: PLW0603 - it is the one key there is, and has to be thrown away
    now = time.monotonic()
    if not _today[1] or now - _today[0] >= DAY:
        _today = (now, secrets.token_bytes(32))
    return _today[1]


def _hidden(text: str, key: bytes) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:16]


def _lasting(username: str) -> str:
    return hmac.new(
        settings.HOST_KEY, b"nearer/v1/device\0" + normal(username).encode(), hashlib.sha256
    ).hexdigest()


def _known_device(request: HttpRequest, username: str) -> str:
    """Return which of its known browsers asks, whether it is signed in at all, or "" for strangers."""
    user = getattr(request, "user", None)
    is_inside = user is not None and user.is_authenticated and user.get_username() == normal(username)
    try:
        value = TimestampSigner(salt="nearer.device").unsign(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), max_age=DEVICE_AGE
        )
    except BadSignature:
        value = ""
    owner, _, device = value.partition(".")
    is_known = bool(device) and hmac.compare_digest(owner, _lasting(username))
    return device if is_known else INSIDE if is_inside else ""
