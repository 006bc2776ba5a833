"""Opens what a person may open, straight from the stores: who they are, their bonds' keys, and every word.

Only the vault's pure core is used, so what opens here has been kept well by everything above it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from drills.rows import Store, Stores
from nearer.vault import keys
from nearer.vault.envelope import Scope, open_by_one_of, open_record
from nearer.vault.errors import VaultError


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was tried.

    Attributes:
        counts: how many sealed things of each sort opened.
        shut: what did not: its sort, for each.
    """

    counts: Counter[str]
    shut: list[str]


class Reader:
    """A person who opens their things without the program.

    Raises:
        VaultError: their passphrase opens nothing.
        LookupError: there is no such person, or their secret is gone.
    """

    def __init__(self, stores: Stores, username: str, passphrase: str) -> None:
        self.records, self.keys = stores.records, stores.keys
        self.user = UUID(_only(self.records, "SELECT id FROM accounts_user WHERE username = ?", username)[0])
        salt, params, wrap = _only(
            self.records,
            "SELECT salt, params, wrap FROM vault_unlockmethod WHERE kind = 'passphrase' AND user_id = ?",
            self._id(self.user),
        )
        private, shred = _only(
            self.records,
            "SELECT wrapped_private, shred FROM vault_identity WHERE user_id = ?",
            self._id(self.user),
        )
        stretched = keys.stretch(passphrase, bytes(salt), keys.Argon2(**_read(params)))
        lock = keys.key_encryption_key(stretched, self._secret(UUID(shred)), "passphrase", self.user)
        self.master = keys.unwrap(lock, bytes(wrap), purpose="master", owner=self.user)
        own = keys.private_key_from(self.master, "identity")
        self.private = keys.unwrap(own, bytes(private), purpose="identity", owner=self.user)

    def everything(self) -> Found:
        """Try everything that is theirs: their face, their bonds, and every move in them."""
        tried = [*self._own(), *(thing for bond in self.bonds() for thing in self._of(*bond))]
        counts = Counter(name for name, opens in tried if opens)
        return Found(counts=counts, shut=[name for name, opens in tried if not opens])

    def bonds(self) -> list[tuple[UUID, int, bytes]]:
        """Return each bond with its key's version and its key.

        Raises:
            VaultError: a bond's key does not open.
        """
        found = self.records.rows(
            "SELECT b.id, m.id, b.key_version, m.sealed_key FROM bonds_bond b JOIN bonds_member m"
            " ON m.bond_id = b.id WHERE m.user_id = ? AND NOT m.has_left",
            self._id(self.user),
        )
        opened = []
        for bond, member, version, sealed in found:
            place = {"bond": UUID(bond), "member": UUID(member)}
            key = keys.open_bond_key(self.private, bytes(sealed), version=version, **place)
            opened.append((UUID(bond), version, key))
        return opened

    def _own(self) -> Iterator[tuple[str, bool]]:
        sealed = self.records.rows(
            "SELECT sealed FROM accounts_profile WHERE user_id = ?", self._id(self.user)
        )
        key, user = keys.private_key_from(self.master, "profile"), self.user
        about = {"scope": Scope.USER, "scope_id": user, "kind": "profile", "row": user, "author": user}
        for (blob,) in sealed or [(b"",)]:
            yield "profile", _opens(open_record, key, bytes(blob), schema=1, **about)

    def _of(self, bond: UUID, version: int, key: bytes) -> Iterator[tuple[str, bool]]:
        members = self.records.rows(
            "SELECT id, user_id, card FROM bonds_member WHERE bond_id = ?", self._id(bond)
        )
        authors = [UUID(user) for _, user, _ in members]
        about = {"scope": Scope.BOND, "scope_id": bond, "schema": 1}
        for member, user, card in members:
            whose = {"kind": "card", "row": UUID(member), "author": UUID(user)}
            yield "card", _opens(open_record, keys.bond_subkey(key, "card"), bytes(card), **about, **whose)
        for sitting, header in self.records.rows(
            "SELECT id, header FROM sittings_sitting WHERE bond_id = ?", self._id(bond)
        ):
            whose = {"kind": "sitting", "row": UUID(sitting), "author": bond}
            top = keys.bond_subkey(key, "sitting")
            yield "header", _opens(open_record, top, bytes(header), **about, **whose)
            yield from self._moves(UUID(sitting), authors, key, about)

    def _moves(
        self, sitting: UUID, authors: list[UUID], key: bytes, about: dict[str, Any]
    ) -> Iterator[tuple[str, bool]]:
        moves = self.records.rows(
            "SELECT id, seq, sealed FROM sittings_entry WHERE sitting_id = ? ORDER BY seq", self._id(sitting)
        )
        if not moves:
            return
        try:
            sealed_with = keys.sitting_key(key, self._secret(sitting))
        except LookupError:
            sealed_with = bytes(32)
        for place, (entry, seq, sealed) in enumerate(moves):
            whose = {"kind": f"entry:{sitting}:{seq}", "row": UUID(entry)}
            opens = _opens(open_by_one_of, authors, sealed_with, bytes(sealed), **about, **whose)
            yield "entry", opens and seq == place

    def _secret(self, owner: UUID) -> bytes:
        return bytes(
            _only(self.keys, "SELECT secret FROM vault_storedkey WHERE owner = ?", self._id(owner))[0]
        )

    def _id(self, owner: UUID) -> str:
        return owner.hex


def _opens(opening: Any, *parts: Any, **about: Any) -> bool:  # Any: passed on as they come
    try:
        opening(*parts, **about)
    except VaultError:
        return False
    return True


def _only(store: Store, query: str, *values: object) -> tuple[Any, ...]:
    found = store.rows(query, *values)
    if not found:
        raise LookupError(query)
    return found[0]


def _read(params: Any) -> dict[str, int]:  # Any: PostgreSQL has read the JSON already
    return dict(json.loads(params)) if isinstance(params, str) else dict(params)
