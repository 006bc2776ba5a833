"""The recovery code: 128 random bits on paper, the way back when a passphrase is lost."""

import secrets

from nearer.vault import crockford

SIZE = 16


def new_code() -> str:
    """Make a recovery code.

    Returns:
        26 letters and digits in groups of four, to be shown once and stored nowhere.
    """
    return crockford.grouped(crockford.write(secrets.token_bytes(SIZE)))


def read_code(text: str) -> bytes:
    """Read a recovery code as somebody typed it: case, spaces, dashes, O for 0 and I or L for 1 are forgiven.

    Returns:
        Its 16 bytes.

    Raises:
        VaultError: it is no recovery code.
    """
    return crockford.read(text, SIZE)


def is_end_of(typed: str, code: str) -> bool:
    """Say whether somebody has typed a code they were shown, or its last group: enough to know that they have it."""
    return crockford.same_end(typed, code)
