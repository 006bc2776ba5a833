"""The keys one session holds: enough to read shared things, not enough to change how they are locked."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass, field, fields
from typing import Self

from django.contrib.sessions.backends.base import SessionBase

NAME = "ring"


@dataclass(frozen=True, kw_only=True)
class Ring:
    """A key ring; it lives only inside the session's sealed blob.

    Attributes:
        identity: the person's X25519 private key, 32 bytes.
        profile: the key of their own profile, 32 bytes.
        private: the key to what is for them alone, 32 bytes; empty in a session that must not open it.
    """

    identity: bytes = field(repr=False)
    profile: bytes = field(repr=False)
    private: bytes = field(repr=False, default=b"")

    @classmethod
    def of(cls, session: SessionBase) -> Self | None:
        """Return the ring a session carries, or None."""
        stored = session.get(NAME)
        return cls(**{name: b64decode(value) for name, value in stored.items()}) if stored else None

    def put_into(self, session: SessionBase) -> None:
        """Place the ring into a session."""
        session[NAME] = {each.name: b64encode(getattr(self, each.name)).decode() for each in fields(self)}
