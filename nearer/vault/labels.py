"""What a record is found by: marks of its kind and subject that mean something only to whoever holds the key."""

import hmac
from uuid import UUID

from nearer.vault.framing import lp, whole

LABEL_SIZE = 8


def label_of(key: bytes, kind: str) -> bytes:
    """Return the mark of a kind of record under one key.

    The same kind has another mark under every other key, so the marks of two bonds cannot be compared,
    and nobody without the key learns what kinds there are.

    Args:
        key: 32 bytes, for labels alone.
        kind: what sort of record it is.

    Returns:
        8 bytes.

    Raises:
        VaultError: the key is not 32 bytes, or the kind is not text.
    """
    return hmac.digest(whole(key), lp("nearer", "v1", "label", kind), "sha256")[:LABEL_SIZE]


def row_about(key: bytes, kind: str, subject: str) -> UUID:
    """Return the id of the one record of a kind about a subject, so that it is found without being opened.

    Args:
        key: 32 bytes, for labels alone.
        kind: what sort of record it is.
        subject: what it is about, such as the id of a sitting.

    Raises:
        VaultError: the key is not 32 bytes, or a text is not text.
    """
    mark = hmac.digest(whole(key), lp("nearer", "v1", "row", kind, subject), "sha256")
    return UUID(bytes=mark[:16], version=4)
