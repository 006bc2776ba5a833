"""The two one-way roads to a key: quick for secrets that cannot be guessed, slow for those that can."""

import unicodedata
from dataclasses import asdict, dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from nearer.vault.errors import VaultError, refusing
from nearer.vault.framing import KEY_SIZE, Part, lp

LEAST_SALT = 16
MOST_MEMORY = 1024 * 1024
MOST_PASSES = 16
MOST_LANES = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Argon2:
    """How much work one guess at a passphrase costs; stored beside each way in, so that it can grow.

    The upper bounds keep an altered row from taking the machine down; a lowered one opens nothing.

    Attributes:
        m: memory in KiB.
        t: passes over it.
        p: lanes.

    Raises:
        VaultError: a number is out of bounds.
    """

    m: int = 65536
    t: int = 3
    p: int = 1

    def __post_init__(self) -> None:
        """Check the bounds."""
        memory_fits = 8 * self.p <= self.m <= MOST_MEMORY
        if not (memory_fits and 1 <= self.t <= MOST_PASSES and 1 <= self.p <= MOST_LANES):
            raise VaultError

    def as_dict(self) -> dict[str, int]:
        """Return the three numbers, to be stored and given back as keyword arguments."""
        return asdict(self)


def derive(ikm: bytes, salt: bytes, *info: Part) -> bytes:
    """Derive a key with HKDF-SHA256.

    Args:
        ikm: the secret it comes from.
        salt: a second secret, or empty where the hierarchy has none.
        info: what the key is for; it starts a list after "nearer" and "v1".

    Returns:
        32 bytes.

    Raises:
        VaultError: there is no secret to derive from, or the purpose cannot be written down.
    """
    if not ikm:
        raise VaultError
    return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=salt, info=lp("nearer", "v1", *info)).derive(ikm)


def stretch(passphrase: str, salt: bytes, params: Argon2) -> bytes:
    """Turn a passphrase into a secret, slowly, with Argon2id version 1.3.

    The text is normalised (NFKC) first: the same words typed on another keyboard are the same bytes.

    Args:
        passphrase: as typed.
        salt: at least 16 random bytes of this person.
        params: the work.

    Returns:
        32 bytes.

    Raises:
        VaultError: the salt is short, or the text is not text.
    """
    if len(salt) < LEAST_SALT:
        raise VaultError
    return hash_secret_raw(
        _typed(passphrase), salt, params.t, params.m, params.p, hash_len=KEY_SIZE, type=Type.ID, version=0x13
    )


@refusing(UnicodeEncodeError)
def _typed(passphrase: str) -> bytes:
    return unicodedata.normalize("NFKC", passphrase).encode()
