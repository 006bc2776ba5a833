"""A new key for a bond, and what lies under it here: the members' copies and cards, the roster, the invitation."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.utils import timezone

from nearer.bonds import cards, first, invitations, returns
from nearer.bonds.locking import locked
from nearer.bonds.models import Bond, Member
from nearer.bonds.place import Place
from nearer.bonds.roster import publics_of, seal_roster, with_member
from nearer.vault.keys import bond_subkey, seal_bond_key
from nearer.vault.rekey import Rekey

KEY_SIZE = 32
NOBODY: Mapping[UUID, bytes] = {}
NO_HEIRS: Mapping[UUID, UUID] = {}


def turn(
    place: Place, *, trusted: Mapping[UUID, bytes] = NOBODY, heirs: Mapping[UUID, UUID] = NO_HEIRS
) -> Rekey:
    """Give a bond its next key, inside the transaction that seals everything else again.

    Args:
        place: a member's, with the key as it is.
        trusted: public keys this member vouches for, by membership's id; all others must be the roster's.
        heirs: accounts that take over a place, by membership's id; what was written in it becomes theirs.

    Returns:
        The step, for whoever else keeps something under the bond's key.

    Raises:
        KeyRenewed: somebody was quicker.
        NotTheirKey: a public key in the database is not the roster's.
    """
    bond = locked(place.bond)
    members = list(bond.members.all())
    known = [m for m in members if m.pk not in trusted and (m.way or not m.has_left)]
    publics = publics_of(bond, known, key=place.key) | dict(trusted)
    bond.key_version, bond.key_made_on = bond.key_version + 1, timezone.now().date()
    rekey = Rekey(
        bond=bond.pk, old=place.key, new=secrets.token_bytes(KEY_SIZE), version=bond.key_version,
        writers={member.user_id: heirs.get(member.pk, member.user_id) for member in members},
    )  # fmt: skip
    for member in members:
        member.user_id = heirs.get(member.pk, member.user_id)
        _give(member, rekey, publics.get(member.pk))
    bond.roster = seal_roster(bond, publics, key=rekey.new)
    bond.save(update_fields=["key_version", "key_made_on", "roster"])
    _reseal_what_waits(bond, rekey)
    return rekey


def hand_over(place: Place, *, public: bytes) -> None:
    """Seal a bond's key, the same one, to another public key of this member's.

    Args:
        place: theirs.
        public: their new public key, or that of their way back.

    Raises:
        KeyRenewed: the bond has another key by now.
    """
    bond, me = locked(place.bond), Member.objects.get(pk=place.me.pk)
    me.sealed_key = seal_bond_key(public, place.key, bond=bond.pk, member=me.pk, version=bond.key_version)
    me.way = public if me.has_left else b""
    me.save(update_fields=["sealed_key", "way"])
    bond.roster = with_member(bond, me.pk, public, key=place.key)
    bond.save(update_fields=["roster"])


def _give(member: Member, rekey: Rekey, public: bytes | None) -> None:
    """Hand a member the new key, unless they have left for good, and seal their card under it."""
    if public is not None:
        member.way = public if member.has_left else b""
        member.sealed_key = seal_bond_key(
            public, rekey.new, bond=rekey.bond, member=member.pk, version=rekey.version
        )
    keys = rekey.keys(partial(bond_subkey, purpose=cards.KIND))
    member.card = rekey.again(keys, member.card, kind=cards.KIND, row=member.pk, schema=cards.SCHEMA)
    member.save(update_fields=["user", "sealed_key", "way", "card"])


def _reseal_what_waits(bond: Bond, rekey: Rekey) -> None:
    invitations.reseal(bond, rekey)
    first.reseal(bond, rekey)
    returns.reseal(bond, rekey)
