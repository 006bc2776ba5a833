"""Tells Django who a session belongs to. Logging in itself goes through the vault."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from nearer.accounts.models import User


class SessionOnlyBackend:
    """Finds people by id; it never authenticates anybody by a password."""

    def authenticate(self, _request: Any, **_credentials: Any) -> None:
        """Refuse: see `nearer.accounts.ways_in.unlock`."""

    def get_user(self, user_id: UUID) -> User | None:
        """Return the person; None when there is none, or their account is deleted today or was before."""
        user = User.objects.filter(pk=user_id).first()
        return user if user and not user.is_deleted else None
