"""Keeping sealed files, and opening them in memory.

A file lies in one value of one row: both databases hold it, a backup has it, and it comes and goes in the same
transaction as the record that names it. So there is no file without a record and no record without its file.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import partial
from typing import Self
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Length

from nearer.bonds.models import Bond
from nearer.files.models import SealedFile
from nearer.vault import store
from nearer.vault.errors import refusing
from nearer.vault.keys import file_key
from nearer.vault.streams import open_file, seal_file

MOST_FILES = 500
MOST_BYTES = 150 * 1024 * 1024


class Gone(LookupError):
    """There is no such file, or no longer."""


class ShelfFull(Exception):
    """A bond keeps as many files as it may."""


@dataclass(frozen=True, kw_only=True)
class Ref:
    """What opens one file, to be kept inside a sealed record and nowhere else.

    Attributes:
        file: its id.
        key: 32 random bytes, made for it alone.
    """

    file: UUID
    key: bytes = field(repr=False)

    def __str__(self) -> str:
        return f"{self.file.hex}.{self.key.hex()}"

    @classmethod
    @refusing(ValueError)
    def read(cls, text: str) -> Self:
        """Return the reference that a record holds as text.

        Raises:
            VaultError: it holds none.
        """
        file, _, key = text.partition(".")
        return cls(file=UUID(file), key=bytes.fromhex(key))


def keep(bond: Bond, content: bytes) -> Ref:
    """Seal a file and store it, inside the transaction that stores the record which names it.

    Its secret is stored before it: if the transaction fails, the secret is left over, and pruned.

    Raises:
        ShelfFull: there are as many files, or as many bytes, as a bond may keep.
    """
    held = SealedFile.objects.filter(bond=bond).aggregate(files=Count("pk"), bytes=Sum(Length("sealed")))
    if held["files"] >= MOST_FILES or (held["bytes"] or 0) + len(content) > MOST_BYTES:
        raise ShelfFull
    ref = Ref(file=uuid4(), key=secrets.token_bytes(32))
    key = file_key(ref.key, store.make_secret(ref.file))
    SealedFile.objects.create(pk=ref.file, bond=bond, sealed=seal_file(key, content, file=ref.file))
    return ref


def content_of(bond: Bond, ref: Ref) -> bytes:
    """Open a file of a bond, in memory.

    Raises:
        Gone: it is not there any more, or its secret is not.
        VaultError: it does not open.
    """
    sealed = SealedFile.objects.filter(bond=bond, pk=ref.file).values_list("sealed", flat=True).first()
    secret = store.secrets_of([ref.file]).get(ref.file)
    if sealed is None or secret is None:
        raise Gone
    return open_file(file_key(ref.key, secret), sealed, file=ref.file)


def forget(bond: Bond, ref: Ref) -> None:
    """Delete a file, and once that is certain its secret, so that no backup opens it either."""
    SealedFile.objects.filter(bond=bond, pk=ref.file).delete()
    transaction.on_commit(partial(store.erase, [ref.file]))
