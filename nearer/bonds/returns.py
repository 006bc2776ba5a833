"""Asking for a place back, after every way into the old account was lost.

Who asks has a new account, and so a new key. They give the other member a link or code, outside of Nearer. Both
then see the same six words, made of that key and the link's secret; the other compares them by voice and says
yes. Nobody's name is looked up on the way, and a link that is not answered just ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from nearer.bonds import codes
from nearer.bonds.actions import INVITATION_LASTS, NotOpen, State
from nearer.bonds.locking import locked
from nearer.bonds.models import Bond, Return
from nearer.bonds.place import Place
from nearer.database import writing
from nearer.vault import store
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import VaultError, refusing
from nearer.vault.keys import (
    bond_subkey,
    invite_key,
    invite_selector,
    new_invite_secret,
    private_subkey,
    read_invite_secret,
    write_invite_secret,
)
from nearer.vault.owning import locked_identity
from nearer.vault.rekey import Rekey
from nearer.vault.ring import Ring
from nearer.vault.words import check_words

KIND, KEPT, SCHEMA = "return", "return-link", 1
WAITS = timedelta(hours=72)
"""How long whoever has the place can still say that they have lost nothing."""


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A request as whoever made it sees it.

    Attributes:
        secret: what the link carries behind its #.
        code: the short code.
        words: the six words to compare.
        expires_at: when link and code end.
        opens_at: when the place is theirs, once the other has said yes.
    """

    secret: str = field(repr=False)
    code: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    expires_at: datetime
    opens_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks, as the other member sees it, and as that member seals it once they have said yes.

    Attributes:
        user: the account that asks.
        name: what they call themselves.
        public: their public key, 32 bytes in hexadecimal.
    """

    user: str
    name: str = field(repr=False)
    public: str

    @classmethod
    @refusing(TypeError)
    def of(cls, document: dict[str, Any]) -> Self:
        """Read one from what was sealed."""
        return cls(**document)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A yes that waits for its day, as either member of the bond sees it.

    Attributes:
        place: whose look it is, and where.
        opens_at: when the place goes to whoever asked.
        row: the request.
        asker: whom this member said yes to; None for the other of the two, whose place it is.
    """

    place: Place
    opens_at: datetime
    row: Return
    asker: Asker | None

    @property
    def is_mine(self) -> bool:
        """Whether it is this person's own place that would go."""
        return self.asker is None


def ask(user_id: UUID, *, ring: Ring, name: str, at: datetime) -> None:
    """Make a link and a code to ask with; there is one at a time, and one that opens nothing makes room.

    Args:
        user_id: who asks.
        ring: theirs.
        name: what they are called.
        at: now.
    """
    if asking(user_id, ring=ring, at=at):
        return
    take_back(user_id)
    row = Return(pk=uuid4(), user_id=user_id, expires_at=at + INVITATION_LASTS)
    shred, secret = store.make_secret(row.pk), new_invite_secret()
    card = {"user": str(user_id), "name": name, "public": ring.public.hex()}
    row.selector = invite_selector(secret)
    row.card = _seal(invite_key(secret), card, kind=KIND, scope=Scope.INVITE, owner=row.pk)
    code = codes.lock_secret(row, secret, shred=shred, purpose=KIND)
    shown = {"secret": write_invite_secret(secret), "code": code}
    row.kept = _seal(private_subkey(ring.private, KEPT), shown, kind=KEPT, scope=Scope.USER, owner=row.pk)
    with writing():
        locked_identity(user_id, ring.public)
        if Return.objects.filter(user_id=user_id).exists():
            transaction.on_commit(lambda: store.erase([row.pk]))
        else:
            row.save(force_insert=True)


def asking(user_id: UUID, *, ring: Ring, at: datetime) -> Asking | None:
    """Return what somebody asks with, or None when they do not, or no longer."""
    row = Return.objects.filter(_alive(at), user_id=user_id).first()
    if row is None:
        return None
    key = private_subkey(ring.private, KEPT)
    try:
        shown = _open(key, bytes(row.kept), kind=KEPT, scope=Scope.USER, owner=row.pk)
    except VaultError:
        return None  # made with keys that have been replaced since
    words = check_words(read_invite_secret(shown["secret"]), ring.public, row.pk)
    opens_at = row.yes_at + WAITS if row.yes_at else None
    return Asking(words=words, expires_at=row.expires_at, opens_at=opens_at, **shown)


def take_back(user_id: UUID) -> None:
    """Stop asking."""
    _end(Return.objects.filter(user_id=user_id))


def secret_for_code(text: str, *, at: datetime) -> str:
    """Return the link's secret for a short code.

    Raises:
        NotOpen: the code opens nothing now.
    """
    return codes.open_secret(Return.objects.filter(bond=None), text, purpose=KIND, at=at)


def find(text: str, *, at: datetime) -> tuple[Return, Asker, tuple[str, ...]]:
    """Open a request with its link's secret; nothing is used up.

    Returns:
        The request, who asks, and the six words.

    Raises:
        NotOpen: it opens nothing now.
    """
    try:
        secret = read_invite_secret(text)
        row = Return.objects.filter(selector=invite_selector(secret), bond=None, expires_at__gt=at).first()
        if row is None:
            raise NotOpen
        card = _open(invite_key(secret), bytes(row.card), kind=KIND, scope=Scope.INVITE, owner=row.pk)
        asker = Asker.of(card)
        return row, asker, check_words(secret, bytes.fromhex(asker.public), row.pk)
    except VaultError as shut:
        raise NotOpen from shut


def say_yes(place: Place, text: str, *, at: datetime) -> None:
    """Promise the other's place in a bond to whoever asks. The link is used up.

    Args:
        place: of the member who says yes.
        text: the link's secret.
        at: now.

    Raises:
        NotOpen: the request is over, or this bond cannot answer it.
        KeyRenewed: the bond has another key by now.
    """
    with writing():
        bond = locked(place.bond)
        row, asker, _ = find(text, at=at)
        row = Return.objects.select_for_update().get(pk=row.pk)
        members = set(bond.members.values_list("user_id", flat=True))
        busy = row.bond_id is not None or Return.objects.filter(bond=bond).exists()
        if place.is_alone or bond.state != State.OPEN or row.user_id in members or busy:
            raise NotOpen
        document = {"user": asker.user, "name": asker.name, "public": asker.public}
        row.vouched = seal(
            bond_subkey(place.key, KIND), scope=Scope.BOND, scope_id=bond.pk, kind=KIND, row=row.pk,
            author=place.me.user_id, schema=SCHEMA, key_version=bond.key_version, document=document,
        )  # fmt: skip
        row.bond, row.yes_at = bond, at
        row.save()
    store.erase([row.pk])


def say_no(place: Place) -> None:
    """Let a promise go: whoever gave it, or whoever has the place, may, at any time."""
    _end(Return.objects.filter(bond=place.bond))


def promises(places: list[Place]) -> list[Promise]:
    """Return what was promised in these bonds; it came along with the places."""
    waiting = (
        (place, getattr(place.bond, "returning", None)) for place in places if place.bond.state == State.OPEN
    )
    return [_promise(row, place, row.yes_at) for place, row in waiting if row and row.yes_at]


def reseal(bond: Bond, rekey: Rekey) -> None:
    """Seal what was promised under the bond's next key."""
    keys = rekey.keys(partial(bond_subkey, purpose=KIND))
    for row in Return.objects.filter(bond=bond):
        row.vouched = rekey.again(keys, row.vouched, kind=KIND, row=row.pk, schema=SCHEMA)
        row.save(update_fields=["vouched"])


def forget_old(at: datetime) -> None:
    """Erase links that have run out, and promises that nobody came back to within a month."""
    late = at - timedelta(days=30)
    _end(Return.objects.filter(Q(bond=None, expires_at__lte=at) | Q(yes_at__lte=late)))


def _vouched(row: Return, place: Place) -> Asker | None:
    try:
        document = open_record(
            bond_subkey(place.key, KIND), bytes(row.vouched), scope=Scope.BOND, scope_id=place.bond.pk, kind=KIND,
            row=row.pk, author=place.me.user_id, schema=SCHEMA,
        )  # fmt: skip
    except VaultError:
        return None
    return Asker.of(document)


def _promise(row: Return, place: Place, yes_at: datetime) -> Promise:
    return Promise(place=place, opens_at=yes_at + WAITS, row=row, asker=_vouched(row, place))


def _alive(at: datetime) -> Q:
    return Q(expires_at__gt=at) | Q(bond__isnull=False)


def _end(rows: Any) -> None:  # Any: a queryset of requests
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        with writing():
            Return.objects.filter(pk__in=ids).delete()
        store.erase(ids)


def _seal(key: bytes, document: dict[str, str], *, kind: str, scope: Scope, owner: UUID) -> bytes:
    return seal(
        key, scope=scope, scope_id=owner, kind=kind, row=owner, author=owner, schema=SCHEMA, key_version=1,
        document=document,
    )  # fmt: skip


def _open(key: bytes, blob: bytes, *, kind: str, scope: Scope, owner: UUID) -> dict[str, Any]:
    return open_record(
        key, blob, scope=scope, scope_id=owner, kind=kind, row=owner, author=owner, schema=SCHEMA
    )
