"""The keys one session holds: enough to read shared things and to add private ones, not to read these."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass, field, fields
from typing import Self
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from nearer.vault.keys import public_key_of

NAME, CUT = "ring", "cut"


@dataclass(frozen=True, kw_only=True)
class Ring:
    """A key ring; it lives only inside the session's sealed blob.

    Attributes:
        identity: the person's X25519 private key, 32 bytes.
        profile: the key of their own profile, 32 bytes.
        private: the key by which what is for them alone is written, found by its label and kept at hand,
            32 bytes; empty in a session that must not.
        slot: the public key of their drawer, 32 bytes: what is put in reads only who opens the drawer.
    """

    identity: bytes = field(repr=False)
    profile: bytes = field(repr=False)
    private: bytes = field(repr=False, default=b"")
    slot: bytes = field(repr=False, default=b"")

    @property
    def public(self) -> bytes:
        """The public key that belongs to the private one."""
        return public_key_of(self.identity)

    @classmethod
    def of(cls, session: SessionBase) -> Self | None:
        """Return the whole ring a session carries, or None."""
        stored = session.get(NAME)
        return cls(**{name: b64decode(value) for name, value in stored.items()}) if stored else None

    def put_into(self, session: SessionBase) -> None:
        """Place the ring into a session; what was left of a cut one goes."""
        session.pop(CUT, None)
        session[NAME] = {each.name: b64encode(getattr(self, each.name)).decode() for each in fields(self)}


@dataclass(frozen=True, kw_only=True)
class CutRing:
    """What a ring is cut to while two people share a phone: one bond's key, and nothing that opens another.

    Attributes:
        bond: the bond.
        key: its key, 32 bytes.
        version: which of the bond's keys; once the bond has another, this opens nothing.
    """

    bond: UUID
    key: bytes = field(repr=False)
    version: int

    @classmethod
    def of(cls, session: SessionBase) -> Self | None:
        """Return the cut ring a session carries, or None."""
        stored = session.get(CUT)
        return (
            cls(bond=UUID(stored["bond"]), key=b64decode(stored["key"]), version=stored["version"])
            if stored
            else None
        )

    def put_into(self, session: SessionBase) -> None:
        """Place this into a session instead of its whole ring."""
        session.pop(NAME, None)
        key = b64encode(self.key).decode()
        session[CUT] = {"bond": str(self.bond), "key": key, "version": self.version}
