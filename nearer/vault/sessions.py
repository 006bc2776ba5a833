"""Sessions whose rows are useless to a thief: the pk is a hash of the cookie's token, the data is sealed under it.

Django's own store keeps the raw token, so a stolen database could be replayed as cookies.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError
from django.utils import timezone

from nearer.database import writing
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import VaultError
from nearer.vault.keys import session_key
from nearer.vault.models import SealedSession

SCHEMA = 1
BORN = "born"


def hash_of(token: str) -> str:
    """Return the row key of a token: 64 hex digits."""
    return hashlib.sha256(b"nearer/v1/sid\0" + token.encode()).hexdigest()


class SessionStore(SessionBase):
    """Django's session interface over sealed rows."""

    @staticmethod
    def _about(token: str) -> dict[str, Any]:
        row = UUID(hash_of(token)[:32])
        return {
            "scope": Scope.SESSION, "scope_id": row, "kind": "session", "row": row, "author": row, "schema": SCHEMA,
        }  # fmt: skip

    def load(self) -> dict[str, Any]:
        """Return the session's data, or start an empty one when the token opens nothing."""
        token = self.session_key or ""
        data = self.load_each([token]).get(token)
        if data is None:
            self._session_key = None
        return data or {}

    @classmethod
    def load_each(cls, tokens: Collection[str]) -> dict[str, dict[str, Any]]:
        """Open many sessions in one query.

        Returns:
            Token to data, without the tokens that open nothing.
        """
        hashes = {hash_of(token): token for token in tokens if token}
        alive = SealedSession.objects.filter(token_hash__in=hashes, expires_on__gte=timezone.now().date())
        opened = {}
        for token_hash, blob in alive.values_list("token_hash", "blob"):
            token = hashes[token_hash]
            with suppress(VaultError):
                opened[token] = open_record(session_key(token), bytes(blob), **cls._about(token))
        return opened

    def exists(self, session_key: str) -> bool:
        """Say whether a token is in use."""
        return SealedSession.objects.filter(token_hash=hash_of(session_key)).exists()

    def create(self) -> None:
        """Take a fresh token and store the session under it."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - as Django calls it
        """Seal and store the data.

        Raises:
            CreateError: the token is taken (`must_create`).
            UpdateError: the session was ended meanwhile.
        """
        if self.session_key is None:
            return self.create()
        token = self.session_key
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        data.setdefault(BORN, timezone.now().date().isoformat())
        blob = seal(session_key(token), key_version=0, document=data, **self._about(token))
        fields = {"blob": blob, "user_id": data.get(SESSION_KEY), "expires_on": self._last_day(data)}
        with writing():
            if must_create:
                try:
                    SealedSession.objects.create(token_hash=hash_of(token), **fields)
                except IntegrityError as taken:
                    raise CreateError from taken
            elif not SealedSession.objects.filter(token_hash=hash_of(token)).update(**fields):
                raise UpdateError
        return None

    def _last_day(self, data: dict[str, Any]) -> date:
        rolling = timezone.now().date() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        absolute = date.fromisoformat(data[BORN]) + timedelta(seconds=settings.SESSION_ABSOLUTE_AGE)
        return min(rolling, absolute)

    def delete(self, session_key: str | None = None) -> None:
        """Remove a session; unknown tokens are passed over."""
        token = session_key or self.session_key
        if token:
            SealedSession.objects.filter(token_hash=hash_of(token)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Remove sessions past their last day."""
        SealedSession.objects.filter(expires_on__lt=timezone.now().date()).delete()
