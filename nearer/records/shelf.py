"""Where records lie: on the shelf of a bond, or on that of one person alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.vault import store
from nearer.vault.envelope import Scope
from nearer.vault.keys import bond_subkey, label_of, private_subkey, record_key
from nearer.vault.ring import Ring

RECORD, LABEL = "record", "label"
PRIVATE_VERSION = 1


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

    @classmethod
    def of_bond(cls, place: Place) -> Self:
        """Return what a bond keeps, for one of its members."""
        bond, members = place.bond, (place.me, place.them)
        return cls(
            scope=Scope.BOND, owner=bond.pk, authors=tuple(m.user_id for m in members if m), bond=bond,
            key_version=bond.key_version, _secret=place.key, _labels=bond_subkey(place.key, LABEL),
        )  # fmt: skip

    @classmethod
    def of_person(cls, user_id: UUID, ring: Ring) -> Self:
        """Return what a person keeps for themselves alone.

        Raises:
            VaultError: this session does not hold the key to it.
        """
        return cls(
            scope=Scope.USER, owner=user_id, authors=(user_id,), bond=None, key_version=PRIVATE_VERSION,
            _secret=private_subkey(ring.private, RECORD), _labels=private_subkey(ring.private, LABEL),
        )  # fmt: skip

    @property
    def me(self) -> UUID:
        """Whoever is looking."""
        return self.authors[0]

    @property
    def column(self) -> dict[str, UUID]:
        """Which rows lie here: the owner's column and its value."""
        return {"user_id" if self.bond is None else "bond_id": self.owner}

    def label(self, kind: str) -> bytes:
        """Return the mark that records of a kind carry here."""
        return label_of(self._labels, kind)

    def key(self, *, making: bool = False) -> bytes:
        """Return the key records are sealed under; a bond's needs its secret in the key store as well.

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
