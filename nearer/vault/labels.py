"""What a record is found by: a mark of its kind that means something only to whoever holds the key."""

import hmac

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
