"""A person's X25519 key pairs, and keys sealed to them with HPKE (RFC 9180, base mode)."""

from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from nearer.vault.errors import refusing
from nearer.vault.framing import lp, whole

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
# What HPKE makes of a key: 32 bytes of ephemeral key, 32 of ciphertext, 16 of tag.
SEALED_SIZE = 80


def new_identity() -> tuple[bytes, bytes]:
    """Make a key pair.

    Returns:
        The private and the public key, 32 bytes each.
    """
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_key_of(private: bytes) -> bytes:
    """Return the public key that belongs to a private one.

    Raises:
        VaultError: the private key is not 32 bytes.
    """
    return X25519PrivateKey.from_private_bytes(whole(private)).public_key().public_bytes_raw()


def fingerprint(public: bytes) -> str:
    """Name a public key, so that a sealed record can say whose key was meant.

    Returns:
        64 hexadecimal digits.

    Raises:
        VaultError: the public key is not 32 bytes.
    """
    digest = Hash(SHA256())
    digest.update(lp("nearer", "v1", "fingerprint", whole(public)))
    return digest.finalize().hex()


def seal_bond_key(public: bytes, bond_key: bytes, *, bond: UUID, member: UUID, version: int) -> bytes:
    """Seal a bond's key so that only one member opens it, as this version of this bond.

    Args:
        public: the member's public key.
        bond_key: 32 bytes.
        bond: which bond.
        member: which of its members.
        version: which of the bond's keys.

    Returns:
        80 bytes: the ephemeral public key, then the ciphertext.

    Raises:
        VaultError: a key is not 32 bytes, or the public key is a point that gives no secret.
    """
    return _seal(whole(public), whole(bond_key), _about(bond, member, version))


def open_bond_key(private: bytes, sealed: bytes, *, bond: UUID, member: UUID, version: int) -> bytes:
    """Open a bond's key with the member's private key, in the place it was sealed for.

    Returns:
        32 bytes.

    Raises:
        VaultError: for anything else, whatever the cause.
    """
    return whole(_open(whole(private), sealed, _about(bond, member, version)))


def seal_into_drawer(public: bytes, secret: bytes, *, person: UUID, row: UUID) -> bytes:
    """Seal the secret of one record so that only the person's opened drawer gives it back.

    Args:
        public: the drawer's public key.
        secret: 32 random bytes.
        person: whose drawer.
        row: the record's id.

    Returns:
        80 bytes.

    Raises:
        VaultError: a key is not 32 bytes, or the public key is a point that gives no secret.
    """
    return _seal(whole(public), whole(secret), _in_drawer(person, row))


def open_from_drawer(private: bytes, sealed: bytes, *, person: UUID, row: UUID) -> bytes:
    """Open the secret of one record with the drawer's private key, in the place it was sealed for.

    Returns:
        32 bytes.

    Raises:
        VaultError: for anything else, whatever the cause.
    """
    return whole(_open(whole(private), sealed, _in_drawer(person, row)))


def seal_to_feed(public: bytes, key: bytes, *, feed: UUID, row: UUID) -> bytes:
    """Seal a key so that only whoever has a private calendar address gives it back.

    Args:
        public: the address's public key.
        key: 32 random bytes.
        feed: the id of the address's row.
        row: the id of the row that holds what is sealed.

    Returns:
        80 bytes.

    Raises:
        VaultError: a key is not 32 bytes, or the public key is a point that gives no secret.
    """
    return _seal(whole(public), whole(key), _at_feed(feed, row))


def open_from_feed(private: bytes, sealed: bytes, *, feed: UUID, row: UUID) -> bytes:
    """Open such a key with the private key of the address, in the place it was sealed for.

    Returns:
        32 bytes.

    Raises:
        VaultError: for anything else, whatever the cause.
    """
    return whole(_open(whole(private), sealed, _at_feed(feed, row)))


def seal_to_study(public: bytes, key: bytes, *, study: UUID, row: UUID) -> bytes:
    """Seal a key so that only whoever has the private key of a study gives it back.

    Args:
        public: the study's public key.
        key: 32 random bytes.
        study: the study's id.
        row: the id of the row that holds what is sealed.

    Returns:
        80 bytes.

    Raises:
        VaultError: a key is not 32 bytes, or the public key is a point that gives no secret.
    """
    return _seal(whole(public), whole(key), _for_study(study, row))


def open_from_study(private: bytes, sealed: bytes, *, study: UUID, row: UUID) -> bytes:
    """Open such a key with the private key of the study, in the place it was sealed for.

    Returns:
        32 bytes.

    Raises:
        VaultError: for anything else, whatever the cause.
    """
    return whole(_open(whole(private), sealed, _for_study(study, row)))


def _for_study(study: UUID, row: UUID) -> bytes:
    return lp("nearer", "v1", "hpke", "study", study, row)


def seal_to_sender(public: bytes, key: bytes, *, row: UUID) -> bytes:
    """Seal a key so that only the sender of notices gives it back.

    Args:
        public: the sender's public key.
        key: 32 random bytes.
        row: the id of the row that holds what is sealed.

    Returns:
        80 bytes.

    Raises:
        VaultError: a key is not 32 bytes, or the public key is a point that gives no secret.
    """
    return _seal(whole(public), whole(key), _at_sender(row))


def open_from_sender(private: bytes, sealed: bytes, *, row: UUID) -> bytes:
    """Open such a key with the sender's private key, in the place it was sealed for.

    Returns:
        32 bytes.

    Raises:
        VaultError: for anything else, whatever the cause.
    """
    return whole(_open(whole(private), sealed, _at_sender(row)))


def _at_sender(row: UUID) -> bytes:
    return lp("nearer", "v1", "hpke", "sender", row)


def _at_feed(feed: UUID, row: UUID) -> bytes:
    return lp("nearer", "v1", "hpke", "feed", feed, row)


def _in_drawer(person: UUID, row: UUID) -> bytes:
    return lp("nearer", "v1", "hpke", "drawer", person, row)


def _about(bond: UUID, member: UUID, version: int) -> bytes:
    return lp("nearer", "v1", "hpke", "bondkey", bond, member, version)


@refusing(ValueError)
def _seal(public: bytes, key: bytes, info: bytes) -> bytes:
    return SUITE.encrypt(key, X25519PublicKey.from_public_bytes(public), info)


@refusing(InvalidTag, ValueError)
def _open(private: bytes, sealed: bytes, info: bytes) -> bytes:
    return SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), info)
