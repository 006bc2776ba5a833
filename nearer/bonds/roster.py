"""The roster: whose public keys a bond's key may be sealed to, written down under the bond's own key.

The database names a public key for everybody. Who can write there could put their own in its place, and wait
for the next key to be sealed to it. They cannot write a roster: that takes the key the two members hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from nearer.bonds.models import Bond, Member
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import VaultError
from nearer.vault.keys import bond_subkey, fingerprint
from nearer.vault.models import Identity

KIND, SCHEMA = "roster", 1
MEMBERS = "members"


class NotTheirKey(Exception):
    """The public key in the database is not the one the roster names: nothing is sealed to it."""


def seal_roster(bond: Bond, publics: Mapping[UUID, bytes], *, key: bytes) -> bytes:
    """Write the roster of a bond.

    Args:
        bond: whose; its key version is that of `key`.
        publics: each member's id (of the membership, not the account) and public key.
        key: the bond's key.
    """
    return _seal(bond, {str(member): fingerprint(public) for member, public in publics.items()}, key=key)


def with_member(bond: Bond, member: UUID, public: bytes, *, key: bytes) -> bytes:
    """Write the roster anew with another public key for one member, the others as they are listed."""
    return _seal(bond, {**_listed(bond, key=key), str(member): fingerprint(public)}, key=key)


def publics_of(bond: Bond, members: Iterable[Member], *, key: bytes) -> dict[UUID, bytes]:
    """Return the public keys of members, each as the roster names it.

    Args:
        bond: the bond.
        members: those the next key is for.
        key: the bond's key as it is.

    Returns:
        Membership's id to public key.

    Raises:
        NotTheirKey: one of them is another key than the roster's, or the roster does not open.
    """
    found, listed = list(members), _listed(bond, key=key)
    users = [member.user_id for member in found]
    stored = dict(Identity.objects.filter(user__in=users).values_list("user_id", "public"))
    # Whoever left has the key by their way back only.
    publics = {m.pk: bytes(m.way if m.has_left else stored.get(m.user_id, b"")) for m in found}
    if any(listed.get(str(member)) != _named(public) for member, public in publics.items()):
        raise NotTheirKey
    return publics


def _seal(bond: Bond, listed: dict[str, str], *, key: bytes) -> bytes:
    return seal(
        bond_subkey(key, KIND), key_version=bond.key_version, **_about(bond), document={MEMBERS: listed}
    )


def _named(public: bytes) -> str:
    try:
        return fingerprint(public)
    except VaultError:
        return ""


def _listed(bond: Bond, *, key: bytes) -> dict[str, str]:
    try:
        document = open_record(bond_subkey(key, KIND), bytes(bond.roster), **_about(bond))
    except VaultError:
        return {}
    members: dict[str, str] = document[MEMBERS]
    return members


def _about(bond: Bond) -> dict[str, Any]:
    about = {"scope_id": bond.pk, "row": bond.pk, "author": bond.pk}
    return {"scope": Scope.BOND, "kind": KIND, "schema": SCHEMA, **about}
