"""A bond's step from one key to the next: what lay under the old one is sealed again under the new one."""

from __future__ import annotations

from collections.abc import Buffer, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from nearer.vault.envelope import Document, Scope, open_by_one_of, seal
from nearer.vault.errors import VaultError

type Keys = tuple[bytes, bytes]
"""A key made of the old bond key, and the one for the same purpose made of the new one."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A record that the old key opened.

    Attributes:
        author: who wrote it.
        document: what it says.
    """

    author: UUID
    document: Document = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Rekey:
    """One step. Whoever keeps something under a bond's key has a `reseal(rekey)`, called in one transaction.

    What the old key does not open was damaged, erased or forged before; it stays as it is, and keeps nobody
    from taking the step.

    Attributes:
        bond: which bond.
        old: its key until now, 32 bytes.
        new: its key from now on, 32 bytes.
        version: the number of the new key.
        writers: whoever may have written in the bond, and under whose name it is sealed from now on.
    """

    bond: UUID
    old: bytes = field(repr=False)
    new: bytes = field(repr=False)
    version: int
    writers: Mapping[UUID, UUID]

    def keys(self, make: Callable[[bytes], bytes]) -> Keys:
        """Return both keys for one purpose, each made of a bond key by `make`.

        Raises:
            VaultError: one of them cannot be made.
        """
        return make(self.old), make(self.new)

    def again(
        self, keys: Keys, blob: Buffer, *, kind: str, row: UUID, schema: int, author: UUID | None = None
    ) -> bytes:
        """Return a record sealed under the new key, or as it is when the old one does not open it.

        Args:
            keys: from `keys`.
            blob: the record.
            kind: as it was sealed.
            row: as it was sealed.
            schema: as it was sealed.
            author: who wrote it when that is no member: the bond itself.
        """
        found = self.open(keys, blob, kind=kind, row=row, schema=schema, authors=[author] if author else None)
        return self.seal(keys, found, kind=kind, row=row, schema=schema) if found else bytes(blob)

    def open(
        self,
        keys: Keys,
        blob: Buffer,
        *,
        kind: str,
        row: UUID,
        schema: int,
        authors: Iterable[UUID] | None = None,
    ) -> Opened | None:
        """Open a record with the old key; None when it does not."""
        try:
            author, document = open_by_one_of(
                authors or self.writers, keys[0], blob, scope=Scope.BOND, scope_id=self.bond, kind=kind, row=row,
                schema=schema,
            )  # fmt: skip
        except VaultError:
            return None
        return Opened(author=author, document=document)

    def seal(self, keys: Keys, found: Opened, *, kind: str, row: UUID, schema: int) -> bytes:
        """Seal what was opened under the new key."""
        return seal(
            keys[1], scope=Scope.BOND, scope_id=self.bond, kind=kind, row=row,
            author=self.writers.get(found.author, found.author), schema=schema, key_version=self.version,
            document=found.document,
        )  # fmt: skip
