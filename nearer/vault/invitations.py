"""The two secrets an invitation can travel as: a long one in a link, a short one to type.

The long one cannot be guessed, so it needs nothing beside it. The short one can, so finding it needs the host
key and opening it needs the invitation's own secret in the key store.
"""

import hmac
import secrets

from cryptography.hazmat.primitives.hashes import SHA256, Hash

from nearer.vault import crockford
from nearer.vault.derivation import derive
from nearer.vault.errors import VaultError
from nearer.vault.framing import lp, whole

INVITE_SECRET_SIZE = 16
SHORT_SIZE = 5


def new_invite_secret() -> bytes:
    """Make the secret of an invitation link, 16 random bytes."""
    return secrets.token_bytes(INVITE_SECRET_SIZE)


def write_invite_secret(secret: bytes) -> str:
    """Write a link's secret as 27 letters and digits, the last of them to check the others, for the part after the #.

    Raises:
        VaultError: the secret is not 16 bytes.
    """
    return crockford.write_checked(_long(secret))


def read_invite_secret(text: str) -> bytes:
    """Read the part after the # of an invitation link.

    Raises:
        VaultError: it is no such secret, or a letter of it is wrong.
    """
    return crockford.read_checked(text, INVITE_SECRET_SIZE)


def invite_selector(secret: bytes) -> bytes:
    """Return the 32 bytes a link's invitation is found by; they do not lead back to the secret.

    Raises:
        VaultError: the secret is not 16 bytes.
    """
    digest = Hash(SHA256())
    digest.update(lp("nearer", "v1", "invite-selector", _long(secret)))
    return digest.finalize()


def invite_key(secret: bytes) -> bytes:
    """Derive the key that a link's invitation is locked with, 32 bytes.

    Raises:
        VaultError: the secret is not 16 bytes.
    """
    return derive(_long(secret), b"", "invite")


def new_short_code() -> str:
    """Make a code short enough to read out: nine letters and digits in three groups, the last to check the others."""
    return crockford.grouped(crockford.write_checked(secrets.token_bytes(SHORT_SIZE)), by=3)


def read_short_code(text: str) -> bytes:
    """Read a short code as somebody typed it, as forgivingly as a recovery code.

    Returns:
        Its 5 bytes.

    Raises:
        VaultError: it is no short code, or a letter of it is wrong.
    """
    return crockford.read_checked(text, SHORT_SIZE)


def short_code_selector(host_key: bytes, code: bytes) -> bytes:
    """Return the 32 bytes a short code's invitation is found by; only the host key can compute them.

    Args:
        host_key: the server's 32 bytes.
        code: from `read_short_code`.

    Raises:
        VaultError: one of them has another length.
    """
    key = derive(whole(host_key), b"", "host", "short-code")
    return hmac.digest(key, _short(code), "sha256")


def short_code_key(code: bytes, shred: bytes) -> bytes:
    """Derive the key that a short code's invitation is locked with, 32 bytes.

    Args:
        code: from `read_short_code`.
        shred: the invitation's own 32 bytes in the key store.

    Raises:
        VaultError: one of them has another length.
    """
    return derive(_short(code), whole(shred), "short-code")


def _long(secret: bytes) -> bytes:
    if len(secret) != INVITE_SECRET_SIZE:
        raise VaultError
    return secret


def _short(code: bytes) -> bytes:
    if len(code) != SHORT_SIZE:
        raise VaultError
    return code
