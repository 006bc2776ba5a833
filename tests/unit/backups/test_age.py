"""The age format: what is sealed to somebody opens with their secret and no other, whole or not at all."""

from __future__ import annotations

import errno
from io import BytesIO
from pathlib import Path

import pytest

from nearer.vault.age import is_recipient, new_pair, open_stream, recipient_of, seal_stream, secret_in
from nearer.vault.errors import VaultError

WORDS = b"the kestrel on the drive" * 10_000


class Full:
    """A disk without room."""

    def write(self, _piece: bytes, /) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self) -> None:
        """Nothing to hand on."""


def sealed(*recipients: str) -> bytes:
    to = BytesIO()
    seal_stream(BytesIO(WORDS), to, *recipients)
    return to.getvalue()


def test_it_opens_for_each_recipient_and_nobody_else() -> None:
    (secret, recipient), (second, other) = new_pair(), new_pair()
    whole = sealed(recipient, other)

    for each in (secret, second):
        opened = BytesIO()
        open_stream(BytesIO(whole), opened, each)
        assert opened.getvalue() == WORDS
    assert WORDS[:24] not in whole
    with pytest.raises(VaultError):
        open_stream(BytesIO(whole), BytesIO(), new_pair()[0])


def test_a_key_file_as_age_keygen_writes_it_is_read() -> None:
    secret, recipient = new_pair()

    assert secret_in(f"# created: 2026-11-30\n# public key: {recipient}\n{secret.lower()}\n") == secret
    assert recipient_of(secret) == recipient
    assert is_recipient(recipient)
    assert not is_recipient(recipient[:-1])
    for nothing in ("", recipient, secret[:-1]):
        with pytest.raises(VaultError):
            secret_in(nothing)
    with pytest.raises(VaultError):
        sealed("age1nobody")


def test_a_full_disk_is_told_from_what_does_not_open() -> None:
    secret, recipient = new_pair()

    with pytest.raises(OSError, match="No space"):
        seal_stream(BytesIO(WORDS), Full(), recipient)
    with pytest.raises(OSError, match="No space"):
        open_stream(BytesIO(sealed(recipient)), Full(), secret)


def test_what_has_no_end_is_not_waited_for() -> None:
    with Path("/dev/zero").open("rb") as source, pytest.raises(VaultError):
        open_stream(source, BytesIO(), new_pair()[0])
