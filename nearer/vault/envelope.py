"""One sealed record: a JSON document that opens with its own key, in its own place, and nowhere else.

The bytes are described in docs/crypto.md and held still by tests/vectors/v1.json: every record that was
ever written must open with this module.
"""

import json
import secrets
import struct
from collections.abc import Buffer, Iterable
from enum import IntEnum
from typing import Any
from uuid import UUID

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as _decrypted
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from nearer.vault.errors import VaultError, refusing
from nearer.vault.framing import BUCKETS, lp, pad, padded_length, unpad, whole

MAGIC = b"NR"
FORMAT = 1
SUITE = 1
HEADER = struct.Struct(">2sBBBI")
NONCE_SIZE = Aead.NONCE_SIZE
OVERHEAD = HEADER.size + NONCE_SIZE + Aead.MACBYTES

# What a JSON document holds is the caller's business; the vault only carries it.
type Document = dict[str, Any]


class Scope(IntEnum):
    """Whose key a record is sealed under; the number is part of every record and never changes."""

    USER = 1
    BOND = 2
    SESSION = 3
    INVITE = 4
    UNLOCK = 5
    FILE = 6


def seal(
    key: bytes,
    *,
    scope: Scope,
    scope_id: UUID,
    kind: str,
    row: UUID,
    author: UUID,
    schema: int,
    key_version: int,
    document: Document,
) -> bytes:
    """Seal a document to one key and one place.

    Args:
        key: 32 bytes.
        scope: whose key that is.
        scope_id: the bond, person, sitting … it belongs to.
        kind: what sort of record this is.
        row: the record's own id, given before sealing.
        author: who wrote it.
        schema: the version of the document's shape.
        key_version: which of the scope's keys this is; readable without the key.
        document: values that JSON can hold.

    Returns:
        The record.

    Raises:
        VaultError: the key, a number or the document cannot be used.
    """
    header = _header(scope, key_version)
    aad = _bound_to(header, kind, row, scope_id, author, schema)
    nonce = _new_nonce()
    ciphertext = Aead(whole(key)).encrypt(pad(_to_json(document)), aad, nonce).ciphertext
    return header + nonce + ciphertext


def open_record(
    key: bytes,
    blob: Buffer,
    *,
    scope: Scope,
    scope_id: UUID,
    kind: str,
    row: UUID,
    author: UUID,
    schema: int,
) -> Document:
    """Open the record `blob` if it was sealed to exactly this key and this place, said as for `seal`.

    Returns:
        The document.

    Raises:
        VaultError: for anything else, whatever the cause.
    """
    header, nonce, ciphertext = _split(bytes(blob))
    if HEADER.unpack(header)[3] != scope:
        raise VaultError
    aad = _bound_to(header, kind, row, scope_id, author, schema)
    return _from_json(unpad(_decrypt(whole(key), nonce, ciphertext, aad)))


def open_by_one_of(
    authors: Iterable[UUID],
    key: bytes,
    blob: Buffer,
    *,
    scope: Scope,
    scope_id: UUID,
    kind: str,
    row: UUID,
    schema: int,
) -> tuple[UUID, Document]:
    """Open a record that one of `authors`, the two members, has written; it names no author in clear.

    Returns:
        The author and the document.

    Raises:
        VaultError: none of them wrote it in this place under this key.
    """
    for author in authors:
        try:
            document = open_record(
                key, blob, scope=scope, scope_id=scope_id, kind=kind, row=row, author=author, schema=schema
            )
        except VaultError:
            continue
        return author, document
    raise VaultError


def key_version_of(blob: Buffer) -> int:
    """Say which version of the key a record asks for; true only once the record has opened.

    Raises:
        VaultError: this is not a record of this format.
    """
    version: int = HEADER.unpack(_split(bytes(blob))[0])[4]
    return version


def is_whole(blob: Buffer, *, scope: Scope, key_version: int | None = None) -> bool:
    """Say, without a key, whether a record has the form of one: that it opens is not said by this.

    Args:
        blob: the record.
        scope: whose key it should be sealed under.
        key_version: which of the scope's keys; None for any.
    """
    try:
        header, _, ciphertext = _split(bytes(blob))
    except VaultError:
        return False
    size, (*_, found, version) = len(ciphertext) - Aead.MACBYTES, HEADER.unpack(header)
    return found == scope and key_version in {None, version} and padded_length(size) == size


def padded_size(blob: Buffer) -> int:
    """Say how long the padded document inside a record is: all that a thief can learn of its length.

    Raises:
        VaultError: this is not a record of this format.
    """
    return len(_split(bytes(blob))[2]) - Aead.MACBYTES


def _bound_to(header: bytes, kind: str, row: UUID, scope_id: UUID, author: UUID, schema: int) -> bytes:
    """Return what a record is sealed to: moved anywhere else, it does not open."""
    return lp(header, kind, row, scope_id, author, schema)


def _new_nonce() -> bytes:
    # 24 random bytes never repeat in practice, so no counter has to survive a restored backup.
    return secrets.token_bytes(NONCE_SIZE)


@refusing(struct.error)
def _header(scope: Scope, key_version: int) -> bytes:
    return HEADER.pack(MAGIC, FORMAT, SUITE, scope, key_version)


def _split(blob: bytes) -> tuple[bytes, bytes, bytes]:
    if len(blob) < OVERHEAD + BUCKETS[0]:
        raise VaultError
    header = blob[: HEADER.size]
    if HEADER.unpack(header)[:3] != (MAGIC, FORMAT, SUITE):
        raise VaultError
    body = HEADER.size + NONCE_SIZE
    return header, blob[HEADER.size : body], blob[body:]


@refusing(CryptoError)
def _decrypt(key: bytes, nonce: bytes, ciphertext: bytes, aad: bytes) -> bytes:
    return _decrypted(ciphertext, aad, nonce, key)


@refusing(TypeError, ValueError, RecursionError)
def _to_json(document: Document) -> bytes:
    # Sorted and without spaces: the same document always has the same length.
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return text.encode()


@refusing(ValueError, RecursionError)
def _from_json(text: bytes) -> Document:
    document = json.loads(text.decode())
    if not isinstance(document, dict):
        raise VaultError
    return document
