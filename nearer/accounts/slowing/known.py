"""Browsers in which somebody has logged in before: each carries a mark, so that strangers do not lock its owner out.

A mark names nobody and opens nothing. It is over after a year, and with the next change to the ways in: a new
passphrase, a recovery, signing out everywhere else. Whoever gathered marks of an account has none of use then.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from nearer.accounts.models import User, normal

AGE = 365 * 24 * 3600
# So many marks of one account are told apart at a time, however many browsers carry one.
SLOTS = 16
_WISH = "_known_as"


def remember(request: HttpRequest, user: User) -> None:
    """Let the browser that asks be known as one of this person's, from the answer on."""
    setattr(request, _WISH, user)


def slot_of(request: HttpRequest, username: str) -> str:
    """Return which of a person's known browsers asks, or "" for a stranger's."""
    value = mark_in(request)
    if not value:
        return ""
    # A name that nobody has is looked for and compared in the same way.
    user = User.objects.filter(username=normal(username)).first() or User()
    owner, _, slot = value.partition(".")
    is_known = bool(slot) and hmac.compare_digest(owner, _owner(user))
    return slot if is_known else ""


def mark_in(request: HttpRequest) -> str:
    """Return the mark that a browser carries, whoever's and however old; "" when it is none that this copy made."""
    try:
        return _signer().unsign(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), max_age=AGE)
    except BadSignature:
        return ""


class KnownBrowserMiddleware:
    """Gives a browser its mark with the answer, once everything about the request is settled."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and mark the browser if that was wished."""
        response = self.get_response(request)
        user: User | None = getattr(request, _WISH, None)
        if user is not None:
            response.set_cookie(
                settings.DEVICE_COOKIE_NAME,
                _signer().sign(f"{_owner(user)}.{secrets.randbelow(SLOTS)}"),
                max_age=AGE,
                secure=settings.SECURE,
                httponly=True,
                samesite="Strict",
            )
        return response


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="nearer.device")


def _owner(user: User) -> str:
    message = f"{user.pk}:{user.auth_epoch}".encode()
    return hmac.new(settings.HOST_KEY, b"nearer/v1/device\0" + message, hashlib.sha256).hexdigest()
