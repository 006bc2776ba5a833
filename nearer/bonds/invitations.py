"""Invitations: a link whose secret never reaches a log, and a short code for reading aloud.

The link's secret opens the bond's first key. The code only opens the secret, together with a key of
the key store, so that a stolen database cannot be searched for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4, uuid5

from nearer.accounts.profile import Face
from nearer.bonds import codes, first
from nearer.bonds.actions import INVITATION_LASTS, NotOpen, begin_bond
from nearer.bonds.models import Bond, Invitation
from nearer.bonds.place import Place
from nearer.database import writing
from nearer.vault import damage, store
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import VaultError
from nearer.vault.keys import (
    bond_subkey,
    invite_key,
    invite_selector,
    new_invite_secret,
    read_invite_secret,
    unwrap,
    wrap,
    write_invite_secret,
)
from nearer.vault.owning import locked_identity
from nearer.vault.rekey import Rekey

KIND, CODE, SCHEMA = "invitation", "code", 1


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An invitation as its maker sees it.

    Attributes:
        secret: what the link carries behind its #.
        code: the short code.
        expires_at: when both end.
    """

    secret: str = field(repr=False)
    code: str = field(repr=False)
    expires_at: datetime


def invite(
    user_id: UUID,
    *,
    face: Face,
    kin: str,
    public: bytes,
    at: datetime,
    question: str = "",
    words: str = "",
    once: str = "",
) -> Bond:
    """Make a bond that waits for its second member, and the invitation to it; the same page sent twice makes one.

    Args:
        user_id: who invites.
        face: the name and ink they show.
        kin: what the other is to them.
        public: their public key.
        at: now.
        question: the id of the question that goes with it.
        words: the inviter's answer; without one nothing is asked.
        once: what tells the page it was sent from. See `nearer.web.once`.
    """
    row = Invitation(pk=uuid4(), expires_at=at + INVITATION_LASTS)
    bond_id = uuid5(user_id, once or str(uuid4()))
    with writing():
        locked_identity(user_id, public)
        if made := Bond.objects.filter(pk=bond_id).first():
            return made
        shred = store.make_secret(row.pk)
        row.bond, key = begin_bond(bond_id, user_id, face=face, kin=kin, public=public)
        first.begin(row.bond, key=key, question=question, words=words)
        _fill(row, user_id, key=key, shred=shred)
        row.save(force_insert=True)
    return row.bond


def _fill(row: Invitation, user_id: UUID, *, key: bytes, shred: bytes) -> None:
    secret = new_invite_secret()
    row.selector = invite_selector(secret)
    row.wrap = wrap(invite_key(secret), key, purpose="invitation", owner=row.bond_id)
    code = codes.lock_secret(row, secret, shred=shred, purpose=CODE)
    row.kept = _seal_kept(row, user_id, key, {"secret": write_invite_secret(secret), "code": code})


def shown(place: Place) -> Shown | None:
    """Return the invitation of a bond for its maker to send again; None when there is none, or it does not open."""
    row = Invitation.objects.filter(bond=place.bond).first()
    return damage.opened(KIND, row.pk, partial(_shown, row, place)) if row else None


def _shown(row: Invitation, place: Place) -> Shown:
    document = open_record(
        bond_subkey(place.key, KIND), bytes(row.kept), scope=Scope.BOND, scope_id=row.bond_id, kind=KIND, row=row.pk,
        author=place.me.user_id, schema=SCHEMA,
    )  # fmt: skip
    return Shown(expires_at=row.expires_at, **document)


def find_by_secret(text: str, *, at: datetime) -> tuple[Invitation, bytes]:
    """Open an invitation with its link's secret; nothing is used up.

    Returns:
        The invitation and the bond's first key.

    Raises:
        NotOpen: it opens nothing now.
    """
    try:
        secret = read_invite_secret(text)
    except VaultError as unreadable:
        raise NotOpen from unreadable
    row = (
        Invitation.objects.select_related("bond")
        .filter(selector=invite_selector(secret), expires_at__gt=at)
        .first()
    )
    if row is None:
        raise NotOpen
    try:
        return row, unwrap(invite_key(secret), bytes(row.wrap), purpose="invitation", owner=row.bond_id)
    except VaultError as shut:
        raise NotOpen from shut


def secret_for_code(text: str, *, at: datetime) -> str:
    """Return the link's secret for a short code.

    Raises:
        NotOpen: the code opens nothing now.
    """
    return codes.open_secret(Invitation.objects.all(), text, purpose=CODE, at=at)


def take_back(place: Place) -> None:
    """Revoke an invitation nobody has used; the waiting bond goes with it."""
    with writing():
        ids = list(Invitation.objects.filter(bond=place.bond).values_list("pk", flat=True))
        waiting = Bond.objects.filter(pk=place.bond.pk, state=Bond.State.WAITING).first()
        if waiting:
            first.forget(waiting)
            waiting.delete()
    store.erase(ids)


def reseal(bond: Bond, rekey: Rekey) -> None:
    """Let the link and the code that are out open the bond's next key."""
    keys = rekey.keys(partial(bond_subkey, purpose=KIND))
    for row in Invitation.objects.filter(bond=bond):
        found = rekey.open(keys, row.kept, kind=KIND, row=row.pk, schema=SCHEMA)
        if found:
            lock = invite_key(read_invite_secret(found.document["secret"]))
            row.wrap = wrap(lock, rekey.new, purpose="invitation", owner=bond.pk)
            row.kept = rekey.seal(keys, found, kind=KIND, row=row.pk, schema=SCHEMA)
            row.save(update_fields=["wrap", "kept"])


def _seal_kept(row: Invitation, user_id: UUID, key: bytes, document: dict[str, str]) -> bytes:
    return seal(
        bond_subkey(key, KIND), scope=Scope.BOND, scope_id=row.bond_id, kind=KIND, row=row.pk, author=user_id,
        schema=SCHEMA, key_version=1, document=document,
    )  # fmt: skip
