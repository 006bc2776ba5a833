"""Who asks: found with their session, by the one question that opens it."""

from __future__ import annotations

from django.contrib.auth import HASH_SESSION_KEY, get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare


class WhoseMiddleware(AuthenticationMiddleware):
    """Sets `request.user` as Django does, to the person who came along with the session where one did."""

    def process_request(self, request: HttpRequest) -> None:
        """Say who asks."""
        super().process_request(request)
        request.user = _whose(request)  # type: ignore[assignment]


def _whose(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    session = request.session
    person = session.owner  # type: ignore[attr-defined]
    if person is None or person.is_deleted:
        return get_user(request)
    known = constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    # A session of an earlier epoch is ended as Django ends it.
    return person if known else get_user(request)
