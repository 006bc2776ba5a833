"""One sealed file: a stream of chunks that opens whole, in order and with its own key, or not at all.

The chunks are libsodium's secretstream, which chains each to the one before it and marks the last. The bytes
are described in docs/crypto.md and held still by tests/vectors/files-v1.json.
"""

from collections.abc import Buffer, Iterator
from uuid import UUID

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from nearer.vault.envelope import FORMAT, HEADER, MAGIC, Scope
from nearer.vault.errors import VaultError, refusing
from nearer.vault.framing import lp, pad, unpad, whole

SUITE = 4
VERSION = 1
KIND = "file"
CHUNK = 64 * 1024
TAG = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
START = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
HEAD = HEADER.pack(MAGIC, FORMAT, SUITE, Scope.FILE, VERSION)


def is_whole_file(sealed: Buffer) -> bool:
    """Say, without a key, whether a sealed file has the form of one: that it opens is not said by this."""
    blob = bytes(sealed)
    return blob.startswith(HEAD) and len(blob) > len(HEAD) + START + TAG


def seal_file(key: bytes, content: bytes, *, file: UUID) -> bytes:
    """Seal a file's bytes. Their exact length is hidden as a record's is.

    Args:
        key: 32 bytes that seal this file and nothing else.
        content: the file.
        file: its id, given before sealing.

    Returns:
        The sealed file.

    Raises:
        VaultError: the key cannot be used.
    """
    state, about = sodium.crypto_secretstream_xchacha20poly1305_state(), _about(file)
    start = sodium.crypto_secretstream_xchacha20poly1305_init_push(state, whole(key))
    sealed = [HEAD, start]
    for piece, tag in _pieces(pad(content), CHUNK):
        sealed.append(sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, about, tag))
    return b"".join(sealed)


@refusing(CryptoError)
def open_file(key: bytes, blob: Buffer, *, file: UUID) -> bytes:
    """Open a file that was sealed with exactly this key and id, if all of it is there and in order.

    Returns:
        The file's bytes.

    Raises:
        VaultError: for anything else, whatever the cause.
    """
    sealed = bytes(blob)
    body = len(HEAD) + START
    if sealed[: len(HEAD)] != HEAD or len(sealed) == body:
        raise VaultError
    state, about = sodium.crypto_secretstream_xchacha20poly1305_state(), _about(file)
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, sealed[len(HEAD) : body], whole(key))
    opened: list[bytes] = []
    for piece, expected in _pieces(sealed[body:], CHUNK + TAG):
        text, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece, about)
        if tag != expected:
            raise VaultError
        opened.append(text)
    return unpad(b"".join(opened))


def _about(file: UUID) -> bytes:
    return lp(HEAD, KIND, file)


def _pieces(text: bytes, size: int) -> Iterator[tuple[bytes, int]]:
    """Cut a text, and say of each piece whether more follow."""
    for start in range(0, len(text), size):
        yield text[start : start + size], LAST if start + size >= len(text) else MORE
