"""The secret in a private calendar address: what finds what lies there, and what opens it.

Whoever changes a plan cannot know the other's address, so what lies there is sealed to a public key. Its private half is
made of the secret in the address, which is stored nowhere: it is there while somebody's calendar program asks.
"""

import secrets
from collections.abc import Buffer
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256, Hash

from nearer.vault import crockford
from nearer.vault.derivation import derive
from nearer.vault.envelope import Document, Scope, open_record, seal
from nearer.vault.errors import VaultError
from nearer.vault.framing import lp
from nearer.vault.identity import SEALED_SIZE, open_from_feed, public_key_of, seal_to_feed

FEED_SECRET_SIZE = 16
KEY_SIZE = 32
KIND, SCHEMA = "feed", 1


def new_feed_secret() -> bytes:
    """Make the secret of an address, 16 random bytes."""
    return secrets.token_bytes(FEED_SECRET_SIZE)


def write_feed_secret(secret: bytes) -> str:
    """Write it as 27 letters and digits, the last of them to check the others.

    Raises:
        VaultError: it is not 16 bytes.
    """
    return crockford.write_checked(_whole(secret))


def read_feed_secret(text: str) -> bytes:
    """Read it out of an address.

    Raises:
        VaultError: it is no such secret, or a letter of it is wrong.
    """
    return crockford.read_checked(text, FEED_SECRET_SIZE)


def feed_selector(secret: bytes) -> bytes:
    """Return the 32 bytes by which an address is found; they do not lead back to it.

    Raises:
        VaultError: the secret is not 16 bytes.
    """
    digest = Hash(SHA256())
    digest.update(lp("nearer", "v1", "feed-selector", _whole(secret)))
    return digest.finalize()


def feed_public(secret: bytes) -> bytes:
    """Return the public key to which is sealed what lies at an address.

    Raises:
        VaultError: the secret is not 16 bytes.
    """
    return public_key_of(_private(secret))


def seal_feed(public: bytes, document: Document, *, feed: UUID, row: UUID) -> bytes:
    """Seal what lies at an address, without knowing it.

    Args:
        public: its public key.
        document: values that JSON can hold.
        feed: its row's id.
        row: the id of the row that holds what is sealed.

    Raises:
        VaultError: the key or the document cannot be used.
    """
    key = secrets.token_bytes(KEY_SIZE)
    record = seal(key, key_version=1, document=document, **_place(feed, row))
    return seal_to_feed(public, key, feed=feed, row=row) + record


def open_feed(secret: bytes, blob: Buffer, *, feed: UUID, row: UUID) -> Document:
    """Open what lies at an address, with the secret in it.

    Raises:
        VaultError: for anything else, whatever the cause.
    """
    sealed = bytes(blob)
    key = open_from_feed(_private(secret), sealed[:SEALED_SIZE], feed=feed, row=row)
    return open_record(key, sealed[SEALED_SIZE:], **_place(feed, row))


def _private(secret: bytes) -> bytes:
    return derive(_whole(secret), b"", "feed")


def _place(feed: UUID, row: UUID) -> Document:
    return {"scope": Scope.USER, "scope_id": feed, "kind": KIND, "row": row, "author": feed, "schema": SCHEMA}


def _whole(secret: bytes) -> bytes:
    if len(secret) != FEED_SECRET_SIZE:
        raise VaultError
    return secret
