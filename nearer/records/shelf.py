"""Where records lie: on the shelf of a bond, in one person's private drawer, or at that person's hand.

Into a drawer anything can be put while somebody is signed in; it is read only while the drawer is open.
At hand lies what a page shows its owner without asking anew: nothing that would hurt in other hands.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID, uuid5

from nearer.bonds.locking import locked
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.vault import store
from nearer.vault.drawer import Drawer
from nearer.vault.envelope import Scope
from nearer.vault.errors import SecretGone, VaultError
from nearer.vault.keys import (
    SEALED_SIZE,
    bond_subkey,
    drawer_record_key,
    label_of,
    open_from_drawer,
    private_subkey,
    record_key,
    row_about,
    seal_into_drawer,
)
from nearer.vault.owning import locked_identity
from nearer.vault.ring import Ring

RECORD, LABEL, DRAWER = "record", "label", "drawer"
PRIVATE_VERSION, SECRET_SIZE = 1, 32


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A place for records, and who may have written them.

    Attributes:
        scope: whose it is: a bond's or a person's.
        owner: the id of that bond or person.
        authors: whoever can have written here, the one who looks first.
        bond: the bond, or None on a person's own shelf.
        key_version: of the key that new records are sealed under.
    """

    scope: Scope
    owner: UUID
    authors: tuple[UUID, ...]
    bond: Bond | None
    key_version: int
    _secret: bytes = field(repr=False)
    _labels: bytes = field(repr=False)
    _slot: bytes | None = field(repr=False, default=None)
    _drawer: bytes = field(repr=False, default=b"")
    _ring: Ring | None = field(repr=False, default=None)

    @classmethod
    def of_bond(cls, place: Place) -> Self:
        """Return what a bond keeps, for one of its members."""
        bond, members = place.bond, (place.me, place.them)
        return cls(
            scope=Scope.BOND, owner=bond.pk, authors=tuple(m.user_id for m in members if m), bond=bond,
            key_version=bond.key_version, _secret=place.key, _labels=bond_subkey(place.key, LABEL),
        )  # fmt: skip

    @classmethod
    def of_person(cls, user_id: UUID, ring: Ring, drawer: Drawer | None = None) -> Self:
        """Return what a person keeps for themselves alone: their drawer.

        Args:
            user_id: the person.
            ring: lets them put things in, see whether one is there, and take one away.
            drawer: without it, nothing that lies here is read.

        Raises:
            VaultError: this session does not hold the key to it.
        """
        return cls(
            scope=Scope.USER, owner=user_id, authors=(user_id,), bond=None, key_version=PRIVATE_VERSION,
            _secret=private_subkey(ring.private, DRAWER), _labels=private_subkey(ring.private, LABEL),
            _slot=ring.slot, _drawer=drawer.key if drawer else b"", _ring=ring,
        )  # fmt: skip

    @classmethod
    def at_hand(cls, user_id: UUID, ring: Ring) -> Self:
        """Return what a person's own pages show them without asking anew, such as a reminder.

        Raises:
            VaultError: this session does not hold the key to it.
        """
        return cls(
            scope=Scope.USER, owner=user_id, authors=(user_id,), bond=None, key_version=PRIVATE_VERSION,
            _secret=private_subkey(ring.private, RECORD), _labels=private_subkey(ring.private, LABEL),
            _ring=ring,
        )  # fmt: skip

    def at_same_hand(self) -> Self:
        """Return what lies at the hand of the person whose drawer this is.

        Raises:
            VaultError: it is not a person's.
        """
        if self._ring is None:
            raise VaultError
        return type(self).at_hand(self.owner, self._ring)

    @property
    def me(self) -> UUID:
        """Whoever is looking."""
        return self.authors[0]

    @property
    def is_shut(self) -> bool:
        """Whether it is somebody's drawer, and closed: nothing that lies here is read."""
        return self._slot is not None and not self._drawer

    @property
    def column(self) -> dict[str, UUID]:
        """Which rows lie here: the owner's column and its value."""
        return {"user_id" if self.bond is None else "bond_id": self.owner}

    def locked(self) -> Bond | None:
        """Let nobody else change what lies here for the rest of the transaction.

        Returns:
            The bond as it is now, or None on a person's own shelf.

        Raises:
            KeyRenewed: the bond, or the person, has another key by now.
        """
        if self.bond is not None:
            return locked(self.bond)
        if self._ring is not None:
            locked_identity(self.owner, self._ring.public)
        return None

    def label(self, kind: str) -> bytes:
        """Return the mark that records of a kind carry here."""
        return label_of(self._labels, kind)

    def row_about(self, kind: str, subject: str) -> UUID:
        """Return the id of the one record of a kind about a subject."""
        return row_about(self._labels, kind, subject)

    def row_once(self, kind: str, mark: str) -> UUID:
        """Return the id of the one record of a kind that a page made, whatever key the shelf has by now.

        Args:
            kind: what sort of record it is.
            mark: what tells the page: at random, so that nobody who sees the id learns anything. See `nearer.web.once`.
        """
        return UUID(bytes=uuid5(self.owner, f"{kind} {mark}").bytes, version=4)

    def lock(self, row: UUID) -> tuple[bytes, bytes]:
        """Return the key to seal a record under, and what is to stand before it.

        Raises:
            VaultError: the bond's secret cannot be used, or this session has no drawer.
        """
        if self._slot is None:
            return self.key(making=True), b""
        secret = secrets.token_bytes(SECRET_SIZE)
        sealed = seal_into_drawer(self._slot, secret, person=self.owner, row=row)
        return drawer_record_key(secret, self._secret), sealed

    def unlock(self, row: UUID, stored: bytes, key: bytes) -> tuple[bytes, bytes]:
        """Return the key that opens a stored record, and the record.

        Args:
            row: the record's id.
            stored: what the table holds.
            key: from `key`, looked up once for many records.

        Raises:
            VaultError: the drawer is closed, or this was not put into it.
        """
        if self._slot is None:
            return key, stored
        sealed, record = stored[:SEALED_SIZE], stored[SEALED_SIZE:]
        secret = open_from_drawer(self._drawer, sealed, person=self.owner, row=row)
        return drawer_record_key(secret, self._secret), record

    def key(self, *, making: bool = False) -> bytes:
        """Return the key all records here have in common; a bond's needs its secret in the key store as well.

        Args:
            making: make that secret if this is the first record.

        Raises:
            VaultError: the bond's secret has been erased.
        """
        if self.bond is None:
            return self._secret
        return record_key(
            self._secret, store.secret_for(self.owner) if making else store.secret_of(self.owner)
        )

    def key_with(self, fetched: Mapping[UUID, bytes]) -> bytes:
        """Return the same key, with the secrets of several bonds fetched already.

        Raises:
            VaultError: the bond's is not among them: it has been erased.
        """
        if self.bond is None:
            return self._secret
        if self.owner not in fetched:
            raise SecretGone
        return record_key(self._secret, fetched[self.owner])
