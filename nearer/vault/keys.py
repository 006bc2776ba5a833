"""The key hierarchy: which key comes from which, and how one key is locked with another.

Everything about keys can be imported from here; docs/crypto.md draws the whole tree.
"""

from collections.abc import Buffer
from datetime import date
from uuid import UUID

from nearer.vault.derivation import Argon2, derive, stretch
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import refusing
from nearer.vault.framing import whole
from nearer.vault.identity import (
    SEALED_SIZE,
    fingerprint,
    new_identity,
    open_bond_key,
    open_from_drawer,
    public_key_of,
    seal_bond_key,
    seal_into_drawer,
)
from nearer.vault.invitations import (
    INVITE_SECRET_SIZE,
    invite_key,
    invite_selector,
    new_invite_secret,
    new_short_code,
    read_invite_secret,
    read_short_code,
    short_code_key,
    short_code_selector,
    write_invite_secret,
)
from nearer.vault.labels import label_of, row_about

__all__ = [
    "INVITE_SECRET_SIZE",
    "SEALED_SIZE",
    "Argon2",
    "bond_subkey",
    "derive",
    "draft_key",
    "drawer_key",
    "drawer_record_key",
    "file_key",
    "fingerprint",
    "host_subkey",
    "invite_key",
    "invite_selector",
    "key_encryption_key",
    "label_of",
    "new_identity",
    "new_invite_secret",
    "new_short_code",
    "once_key",
    "open_bond_key",
    "open_drawer_key",
    "open_from_drawer",
    "private_key_from",
    "private_subkey",
    "public_key_of",
    "read_invite_secret",
    "read_short_code",
    "record_key",
    "row_about",
    "seal_bond_key",
    "seal_into_drawer",
    "session_key",
    "short_code_key",
    "short_code_selector",
    "sitting_key",
    "stretch",
    "unwrap",
    "wrap",
    "write_invite_secret",
]

WRAP_SCHEMA = 1
WRAP_VERSION = 1
WRAP_FIELD = "key"


def key_encryption_key(secret: bytes, shred: bytes, method: str, user: UUID) -> bytes:
    """Derive the key that locks a person's master key for one way in.

    Args:
        secret: the stretched passphrase, the passkey's answer, or the recovery code.
        shred: the person's 32 bytes in the key store; without them not even a guess can be tried.
        method: the way in.
        user: whose it is.

    Returns:
        32 bytes.

    Raises:
        VaultError: the secret is empty or the shred is not 32 bytes.
    """
    return derive(secret, whole(shred), "kek", method, user)


def private_key_from(umk: bytes, purpose: str) -> bytes:
    """Derive one of a person's own keys from their master key, 32 bytes each.

    Raises:
        VaultError: the master key is not 32 bytes.
    """
    return derive(whole(umk), b"", "user", purpose)


def private_subkey(private_key: bytes, purpose: str) -> bytes:
    """Derive one of the keys by which a session works with what a person keeps for themselves, 32 bytes each.

    None of them opens what lies in the drawer.

    Args:
        private_key: `private_key_from(master, "private")`, which a session may hold or not.
        purpose: what the key is for.

    Raises:
        VaultError: the private key is not 32 bytes: this session does not hold it.
    """
    return derive(whole(private_key), b"", "private", purpose)


def draft_key(profile_key: bytes, day: date) -> bytes:
    """Derive the key by which a person's own browser seals what they have typed and not sent, on one day.

    Args:
        profile_key: of the person; the same in each of their sessions.
        day: after it, what was sealed is dark.

    Returns:
        32 bytes.

    Raises:
        VaultError: the profile key is not 32 bytes.
    """
    return derive(whole(profile_key), b"", "draft", day.isoformat())


def drawer_key(umk: bytes) -> bytes:
    """Derive the X25519 private key of a person's drawer from their master key, 32 bytes.

    Raises:
        VaultError: the master key is not 32 bytes.
    """
    return private_key_from(umk, "drawer")


def drawer_record_key(secret: bytes, writing: bytes) -> bytes:
    """Derive the key of one record in a drawer.

    Args:
        secret: the record's own 32 bytes, sealed to the drawer.
        writing: what the person's ring holds; who only has the database cannot make a record that opens.

    Returns:
        32 bytes.

    Raises:
        VaultError: one of them is not 32 bytes.
    """
    return derive(whole(secret), whole(writing), "drawer")


def bond_subkey(bond_key: bytes, purpose: str) -> bytes:
    """Derive one of a bond's keys for everything but sittings, 32 bytes each.

    Raises:
        VaultError: the bond key is not 32 bytes.
    """
    return derive(whole(bond_key), b"", "bond", purpose)


def sitting_key(bond_key: bytes, sitting_secret: bytes) -> bytes:
    """Derive the key of one sitting's entries; it needs both stores.

    Args:
        bond_key: what the two members hold.
        sitting_secret: the sitting's 32 bytes in the key store. Erased, nobody opens the sitting any more.

    Returns:
        32 bytes.

    Raises:
        VaultError: one of them is not 32 bytes.
    """
    return derive(whole(bond_key), whole(sitting_secret), "entry")


def topic_key(sitting_secret: bytes) -> bytes:
    """Derive the key of what a sitting began with; it lies inside the sitting's header, so that it needs both stores.

    Args:
        sitting_secret: the sitting's 32 bytes in the key store. Erased, nobody reads any more what it was about.

    Returns:
        32 bytes.

    Raises:
        VaultError: it is not 32 bytes.
    """
    return derive(whole(sitting_secret), b"", "topic")


def once_key(secret: bytes) -> bytes:
    """Derive the key of what lies inside a sealed record, waits to be opened once, and goes with its secret.

    Args:
        secret: its own 32 bytes in the key store.

    Returns:
        32 bytes.

    Raises:
        VaultError: it is not 32 bytes.
    """
    return derive(whole(secret), b"", "once")


def record_key(bond_key: bytes, bond_secret: bytes) -> bytes:
    """Derive the key of what a bond keeps beyond one sitting; like a sitting's, it needs both stores.

    Args:
        bond_key: what the two members hold.
        bond_secret: the bond's 32 bytes in the key store. Erased, nobody opens its records any more.

    Returns:
        32 bytes.

    Raises:
        VaultError: one of them is not 32 bytes.
    """
    return derive(whole(bond_key), whole(bond_secret), "record")


def file_key(inner: bytes, file_secret: bytes) -> bytes:
    """Derive the key of one file; it needs the record that names the file, and the key store.

    Args:
        inner: 32 random bytes that lie inside that sealed record.
        file_secret: the file's 32 bytes in the key store. Erased, nobody opens the file any more.

    Returns:
        32 bytes.

    Raises:
        VaultError: one of them is not 32 bytes.
    """
    return derive(whole(inner), whole(file_secret), "file")


def host_subkey(host_key: bytes, purpose: str) -> bytes:
    """Derive one of the server's keys, 32 bytes each; never for what people write.

    Raises:
        VaultError: the host key is not 32 bytes.
    """
    return derive(whole(host_key), b"", "host", purpose)


@refusing(UnicodeEncodeError)
def session_key(token: str) -> bytes:
    """Derive the key of a session from the token in its cookie, which the server does not store.

    Raises:
        VaultError: the token is empty or not text.
    """
    return derive(token.encode(), b"", "session")


def open_drawer_key(token: str, drawer_secret: bytes) -> bytes:
    """Derive the key of a drawer that is open in a session; it needs the cookie and both stores.

    Args:
        token: what the cookie holds.
        drawer_secret: the session's 32 bytes in the key store. They are erased when the drawer closes: what is left
            of it in a database's journal opens for nobody, not even with the cookie.

    Returns:
        32 bytes.

    Raises:
        VaultError: the token is empty or not text, or the secret is not 32 bytes.
    """
    return derive(session_key(token), whole(drawer_secret), "open drawer")


def wrap(key: bytes, secret: bytes, *, purpose: str, owner: UUID, scope: Scope = Scope.UNLOCK) -> bytes:
    """Lock one key with another.

    Args:
        key: the 32 bytes that will open it.
        secret: the 32 bytes inside.
        purpose: what the inner key is for.
        owner: whose it is: a person, or a bond.
        scope: `Scope.INVITE` for what an invitation carries.

    Returns:
        A record.

    Raises:
        VaultError: one of them is not 32 bytes.
    """
    document = {WRAP_FIELD: whole(secret).hex()}
    return seal(
        key,
        scope=scope,
        scope_id=owner,
        kind=purpose,
        row=owner,
        author=owner,
        schema=WRAP_SCHEMA,
        key_version=WRAP_VERSION,
        document=document,
    )


def unwrap(key: bytes, blob: Buffer, *, purpose: str, owner: UUID, scope: Scope = Scope.UNLOCK) -> bytes:
    """Open what `wrap` locked, with the same purpose, owner and scope.

    Returns:
        The inner 32 bytes.

    Raises:
        VaultError: for anything else, whatever the cause.
    """
    document = open_record(
        key, blob, scope=scope, scope_id=owner, kind=purpose, row=owner, author=owner, schema=WRAP_SCHEMA
    )
    return _inner(document)


@refusing(KeyError, ValueError, TypeError)
def _inner(document: dict[str, str]) -> bytes:
    return whole(bytes.fromhex(document[WRAP_FIELD]))
