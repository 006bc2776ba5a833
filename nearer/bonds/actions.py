"""What people do about bonds. Each is one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from nearer.accounts.profile import Face, save_face
from nearer.bonds import first
from nearer.bonds.cards import Card, ink_beside, open_card, seal_card
from nearer.bonds.crossing import become_one, crossed_by, twin_of
from nearer.bonds.locking import locked
from nearer.bonds.models import Bond, Invitation, Member
from nearer.bonds.place import Place, places_of
from nearer.bonds.roster import NotTheirKey, publics_of, seal_roster
from nearer.clock import quarter_of
from nearer.database import writing
from nearer.protocol import Seat
from nearer.vault import store
from nearer.vault.errors import KeyRenewed, VaultError
from nearer.vault.keys import seal_bond_key
from nearer.vault.owning import locked_identity
from nearer.vault.ring import Ring

State = Bond.State
INVITATION_LASTS = timedelta(hours=72)


class NotOpen(Exception):
    """The invitation has run out, was used or taken back, or never was: nobody is told which."""


class OwnInvitation(Exception):
    """Somebody opened the invitation they made themselves."""


def begin_bond(bond_id: UUID, user_id: UUID, *, face: Face, kin: str, public: bytes) -> tuple[Bond, bytes]:
    """Make a bond with one member.

    Args:
        bond_id: its id.
        user_id: who.
        face: the name and ink they show.
        kin: what the other will be to them.
        public: their public key, from their own ring.

    Returns:
        The bond and its first key.
    """
    at = timezone.now()
    bond, key = Bond(pk=bond_id, made_on=at.date()), secrets.token_bytes(32)
    with writing():
        locked_identity(user_id, public)
        bond.save(force_insert=True)
        card = Card(name=face.name, ink=face.ink, kin=kin, since=quarter_of(at))
        host = _seat(bond, user_id, Seat.HOST, card=card, key=key, public=public)
        _list(bond, {host.pk: public}, key=key)
    return bond, key


def join(
    invitation: Invitation,
    *,
    key: bytes,
    user_id: UUID,
    face: Face,
    ring: Ring,
    at: datetime,
    words: str = "",
) -> Bond:
    """Take the guest's seat. The bond gets a new key, so the invitation's secret opens nothing any more.

    Where the two have crossed invitations, the bond they have by the other one is theirs, and this one goes.

    Args:
        invitation: the one being used.
        key: the bond's first key, opened with the invitation's secret.
        user_id: who joins.
        face: the name and ink they show.
        ring: their keys.
        at: now.
        words: their answer to the invitation's question, or "".

    Returns:
        The bond they are in now.

    Raises:
        NotOpen: the invitation ran out, or somebody was quicker.
        OwnInvitation: it is their own.
        KeyRenewed: the host has changed the bond's key since the invitation was opened.
    """
    with writing():
        locked_identity(user_id, ring.public)
        bond, host = _used_up(invitation, user_id, at)
        mine = places_of(user_id, ring=ring)
        if kept := crossed_by(bond, mine, host_id=host.user_id):
            become_one(bond, key=key, kept=kept, words=words)
            return kept.bond
        _admit(bond, host, old=key, user_id=user_id, card=_shown(face, mine), public=ring.public, words=words)
    return bond


def _shown(face: Face, mine: Iterable[Place]) -> Card:
    out = tuple(str(place.bond.pk) for place in mine if place.bond.state == State.WAITING)
    return Card(name=face.name, ink=face.ink, out=out)


def _used_up(invitation: Invitation, user_id: UUID, at: datetime) -> tuple[Bond, Member]:
    bond = Bond.objects.select_for_update().filter(pk=invitation.bond_id).first()
    if bond is None:
        raise NotOpen
    host = bond.members.get(seat=Seat.HOST)
    if host.user_id == user_id:
        raise OwnInvitation
    gone, _ = Invitation.objects.filter(pk=invitation.pk, expires_at__gt=at).delete()
    if not gone or bond.state != State.WAITING:
        raise NotOpen
    if bond.key_version != invitation.bond.key_version:
        raise KeyRenewed
    return bond, host


def _admit(
    bond: Bond, host: Member, *, old: bytes, user_id: UUID, card: Card, public: bytes, words: str
) -> None:
    try:
        hosts, host_card = publics_of(bond, [host], key=old), open_card(host, key=old)
    except (NotTheirKey, VaultError) as substituted:
        raise NotOpen from substituted
    fresh = secrets.token_bytes(32)
    bond.key_version, bond.key_made_on, bond.state = bond.key_version + 1, timezone.now().date(), State.JOINED
    bond.save()
    _lock(host, bond, card=host_card, key=fresh, public=hosts[host.pk])
    host.save()
    card = replace(card, ink=ink_beside(card.ink, host_card.ink))
    guest = _seat(bond, user_id, Seat.GUEST, card=card, key=fresh, public=public)
    _list(bond, {**hosts, guest.pk: public}, key=fresh)
    first.carry(bond, old=old, new=fresh, words=words)


def confirm(place: Place, places: Iterable[Place] = ()) -> None:
    """The host says that this is who they meant.

    Args:
        place: theirs.
        places: theirs in all their bonds: where the other asks the same of them in one, both are one from now on.
    """
    if place.seat is not Seat.HOST:
        return
    with writing():
        twin = twin_of(place, places)
        both = [place.bond.pk, *([twin.bond.pk] if twin else [])]
        joined = Bond.objects.select_for_update().filter(pk__in=both, state=State.JOINED).order_by("pk")
        rows = {bond.pk: bond for bond in joined}
        if row := rows.get(place.bond.pk):
            row.state = State.OPEN
            row.save(update_fields=["state"])
            if twin and twin.bond.pk in rows:
                become_one(rows[twin.bond.pk], key=twin.key, kept=place)


def refuse(place: Place) -> None:
    """The host says that this is not who they meant: the bond is gone, with everything in it."""
    if place.seat is Seat.HOST:
        with writing():
            doomed = Bond.objects.filter(pk=place.bond.pk, state=State.JOINED).first()
            if doomed:
                first.forget(doomed)
                doomed.delete()


def leave(place: Place, *, at: datetime) -> bool:
    """Leave for good. The other keeps what was opened, read-only; nobody is notified.

    A bond that has nobody left, or never had a second member, is deleted.

    Returns:
        Whether the bond is still there, for the other.

    Raises:
        KeyRenewed: the other gave the bond a new key meanwhile.
    """
    with writing():
        bond = locked(place.bond)
        if place.is_alone or bond.state == State.JOINED:
            invitations = list(Invitation.objects.filter(bond=bond).values_list("pk", flat=True))
            transaction.on_commit(lambda: store.erase([place.bond.pk, *invitations]))
            first.forget(bond)
            bond.delete()
            return False
        first.close(place)
        Member.objects.filter(pk=place.me.pk).update(has_left=True, sealed_key=b"")
        Bond.objects.filter(pk=bond.pk).update(state=State.CLOSED, closed_on=at.date())
    return True


def come_back(place: Place) -> None:
    """Take one's seat again in a bond that one left: it is open as before, for both. Their key comes with the next.

    Args:
        place: of whoever left, with the bond's key.

    Raises:
        KeyRenewed: the bond has another key by now.
    """
    with writing():
        bond = locked(place.bond)
        Member.objects.filter(pk=place.me.pk).update(has_left=False, sealed_key=b"", way=b"")
        Bond.objects.filter(pk=bond.pk).update(state=State.OPEN, closed_on=None)


def show_face(user_id: UUID, face: Face, *, ring: Ring) -> None:
    """Keep a changed face, and put its name and ink onto the person's card in every open bond, all or nothing."""
    with writing():
        save_face(user_id, face, ring=ring)
        for place in sorted(places_of(user_id, ring=ring), key=lambda place: place.bond.pk):
            theirs = place.their_card
            ink = ink_beside(face.ink, theirs.ink) if theirs else face.ink
            card = replace(place.my_card, name=face.name, ink=ink)
            place.me.card = _card(place.me, locked(place.bond), card, key=place.key)
            place.me.save(update_fields=["card"])


def _seat(bond: Bond, user_id: UUID, seat: Seat, *, card: Card, key: bytes, public: bytes) -> Member:
    member = Member(pk=uuid4(), bond=bond, user_id=user_id, seat=seat)
    _lock(member, bond, card=card, key=key, public=public)
    member.save(force_insert=True)
    return member


def _list(bond: Bond, publics: dict[UUID, bytes], *, key: bytes) -> None:
    bond.roster = seal_roster(bond, publics, key=key)
    bond.save(update_fields=["roster"])


def _lock(member: Member, bond: Bond, *, card: Card, key: bytes, public: bytes) -> None:
    version = bond.key_version
    member.sealed_key = seal_bond_key(public, key, bond=bond.pk, member=member.pk, version=version)
    member.card = _card(member, bond, card, key=key)


def _card(member: Member, bond: Bond, card: Card, *, key: bytes) -> bytes:
    return seal_card(
        card, bond=bond.pk, member=member.pk, user=member.user_id, key=key, version=bond.key_version
    )
