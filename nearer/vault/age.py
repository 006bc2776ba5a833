"""Backups sealed to whoever runs a copy: the age format (age-encryption.org/v1), which the program `age` opens as well.

The copy knows the recipient alone. The secret lies with whoever runs it, and is needed to restore and for nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import pyrage

from nearer.vault.errors import VaultError

BEGINS = b"age-encryption.org/v1\n"
SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how every such key begins


class Readable(Protocol):
    """What is read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes; none at the end."""


class Writable(Protocol):
    """What is written to."""

    def write(self, piece: bytes, /) -> int:
        """Take some bytes."""

    def flush(self) -> None:
        """Hand on what was taken."""


def new_pair() -> tuple[str, str]:
    """Make the secret that opens backups, and the recipient to which they are sealed."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def secret_in(text: str) -> str:
    """Return the secret in a text, which may be a file as `age-keygen` writes it.

    Raises:
        VaultError: there is none.
    """
    for line in text.split():
        if line.upper().startswith(SECRET):
            with suppress(pyrage.IdentityError):
                return str(pyrage.x25519.Identity.from_str(line.upper()))
    raise VaultError


def recipient_of(secret: str) -> str:
    """Return to whom a secret belongs.

    Raises:
        VaultError: it is no such secret.
    """
    return str(pyrage.x25519.Identity.from_str(secret_in(secret)).to_public())


def is_recipient(text: str) -> bool:
    """Say whether something can be sealed to this."""
    with suppress(pyrage.RecipientError):
        return bool(pyrage.x25519.Recipient.from_str(text))
    return False


def seal_stream(source: Readable, to: Writable, *recipients: str) -> None:
    """Seal all that can be read, piece by piece.

    Args:
        source: what is read to its end.
        to: where what is sealed goes.
        recipients: whose secrets open it, each by itself.

    Raises:
        VaultError: a recipient is none.
        OSError: it could not be read or written to the end.
    """
    if not all(map(is_recipient, recipients)):
        raise VaultError
    known = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
    writer = _Through(to.write, to.flush)
    try:
        pyrage.encrypt_io(source, writer, known)
    except (pyrage.EncryptError, OSError) as problem:
        raise writer.problem or OSError("not sealed to the end") from problem


def open_stream(source: Readable, to: Writable, secret: str) -> None:
    """Open what was sealed, piece by piece. What came before a fault has been written by then: it must not be used.

    Args:
        source: what is read to its end.
        to: where what opens goes.
        secret: one that belongs to a recipient.

    Raises:
        VaultError: it does not open with this secret, or not to its end.
        OSError: it could not be written, or whatever else writing raised.
    """
    identity = pyrage.x25519.Identity.from_str(secret_in(secret))
    writer = _Through(to.write, to.flush)
    try:
        pyrage.decrypt_io(_begun(source), writer, [identity])
    except (pyrage.DecryptError, OSError, ValueError) as problem:
        if writer.problem:
            raise writer.problem from problem
        raise VaultError from None


def _begun(source: Readable) -> Readable:
    """Return a source from its beginning, if that is one of this format: a header is looked for without an end."""
    first = source.read(len(BEGINS))
    if first != BEGINS:
        raise VaultError
    return _After(first, source)


class _After(io.RawIOBase):
    """Reads what was read already, and then the rest."""

    def __init__(self, first: bytes, rest: Readable) -> None:
        self._first, self._rest = first, rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes; none at the end."""
        if not self._first:
            return self._rest.read(size)
        most = len(self._first) if size < 0 else size
        piece, self._first = self._first[:most], self._first[most:]
        return piece


class _Through(io.RawIOBase):
    """Hands on what is written, and remembers why that failed: the library below gives back a text alone."""

    def __init__(self, write: Callable[[bytes], int], flush: Callable[[], None]) -> None:
        self._hand_on, self._flush = write, flush
        self.problem: Exception | None = None

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override] # bytes alone come from the library
        try:
            self._hand_on(bytes(piece))
        except Exception as problem:
            self.problem = problem
            raise
        return len(piece)

    def flush(self) -> None:
        if not self.closed:
            self._flush()
