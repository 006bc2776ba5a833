"""What two people give to a study: sealed to the study's public key and to their own bytes in the key store.

The study's private key is nowhere here: whoever runs the study keeps it in a file. Without the pair's bytes that key opens
nothing, so erasing them takes what was given out of every copy and backup.
"""

import secrets
from collections.abc import Buffer
from uuid import UUID

from nearer.vault import crockford
from nearer.vault.derivation import derive
from nearer.vault.envelope import Document, Scope, open_record, seal
from nearer.vault.framing import whole
from nearer.vault.identity import SEALED_SIZE, new_identity, open_from_study, seal_to_study

KEY_SIZE = 32
KIND, SCHEMA = "study", 1


def new_study_key() -> tuple[bytes, bytes]:
    """Make the key pair of a study.

    Returns:
        The private and the public key, 32 bytes each.
    """
    return new_identity()


def write_study_key(private: bytes) -> str:
    """Write a private key as letters and digits in groups, the last letter to check the others.

    Raises:
        VaultError: it is not 32 bytes.
    """
    return crockford.grouped(crockford.write_checked(whole(private)))


def read_study_key(text: str) -> bytes:
    """Read it again.

    Raises:
        VaultError: it is no such key, or a letter of it is wrong.
    """
    return crockford.read_checked(text, KEY_SIZE)


def seal_for_study(public: bytes, pair: bytes, document: Document, *, study: UUID, row: UUID) -> bytes:
    """Seal what one of a pair gives to a study.

    Args:
        public: the study's public key.
        pair: the pair's 32 bytes in the key store.
        document: values that JSON can hold.
        study: the study's id.
        row: the id of the row that holds what is sealed.

    Raises:
        VaultError: a key or the document cannot be used.
    """
    key = secrets.token_bytes(KEY_SIZE)
    record = seal(_key(key, pair), key_version=1, document=document, **_place(study, row))
    return seal_to_study(public, key, study=study, row=row) + record


def open_for_study(private: bytes, pair: bytes, blob: Buffer, *, study: UUID, row: UUID) -> Document:
    """Open it with the study's private key, as long as the pair's bytes are there.

    Raises:
        VaultError: for anything else, whatever the cause.
    """
    sealed = bytes(blob)
    key = open_from_study(private, sealed[:SEALED_SIZE], study=study, row=row)
    return open_record(_key(key, pair), sealed[SEALED_SIZE:], **_place(study, row))


def _key(key: bytes, pair: bytes) -> bytes:
    return derive(whole(key), whole(pair), "study")


def _place(study: UUID, row: UUID) -> Document:
    return {
        "scope": Scope.USER,
        "scope_id": study,
        "kind": KIND,
        "row": row,
        "author": study,
        "schema": SCHEMA,
    }
