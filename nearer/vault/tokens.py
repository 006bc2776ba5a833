"""What is made of a session's token without opening anything: its row, and the room its open streams share."""

from __future__ import annotations

import hashlib
from uuid import UUID


def hash_of(token: str) -> str:
    """Return the row key of a token: 64 hex digits."""
    return hashlib.sha256(b"nearer/v1/sid\0" + token.encode()).hexdigest()


def id_of(token_hash: str) -> UUID:
    """Return a row key as an id: what is sealed into the row names it, and its streams are found by it."""
    return UUID(token_hash[:32])
