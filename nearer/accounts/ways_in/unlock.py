"""Every way into the vault: sign up, passphrase, recovery code, and changing them.

The passphrase is checked by opening the user master key with it; no hash of it is stored anywhere.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone

from nearer.accounts.models import User, normal
from nearer.accounts.profile import Face, save_face
from nearer.database import writing
from nearer.vault import keys, recovery, store
from nearer.vault.errors import VaultError
from nearer.vault.models import Identity, UnlockMethod
from nearer.vault.owning import locked_identity
from nearer.vault.ring import Ring

Kind = UnlockMethod.Kind
SALT_SIZE = 16
WORK = keys.Argon2()  # what one guess costs from now on; older rows keep their own figures


class NotOpened(Exception):
    """The name and the secret do not open a vault; which of them is wrong is never said."""


class NameTaken(Exception):
    """Somebody else signed up with this username."""


@dataclass(frozen=True, kw_only=True)
class Unlocked:
    """A person whose vault is open for the length of this request.

    Attributes:
        user: who it is.
        master: the user master key, 32 bytes; in a session it lies in the drawer alone.
        ring: what their session will hold.
    """

    user: User
    master: bytes = field(repr=False)
    ring: Ring = field(repr=False)


def sign_up(*, username: str, passphrase: str, face: Face) -> tuple[Unlocked, str]:
    """Make an account with its keys.

    Args:
        username: how they log in.
        passphrase: checked for strength by the form.
        face: their name and ink.

    Returns:
        The opened vault and the recovery code, which is stored nowhere.

    Raises:
        NameTaken: the username is in use.
    """
    user = User(pk=uuid4(), username=normal(username), made_on=timezone.localdate())
    shred = store.make_secret(user.pk)
    master = secrets.token_bytes(32)
    private, public = keys.new_identity()
    ring = ring_of(private, master)
    code = recovery.new_code()
    # The slow stretch happens before the transaction, so that nobody else waits for it.
    methods = [
        passphrase_method(user.pk, passphrase, master, shred),
        recovery_method(user.pk, code, master, shred),
    ]
    try:
        with writing():
            user.save(force_insert=True)
            wrapped = keys.wrap(
                keys.private_key_from(master, "identity"), private, purpose="identity", owner=user.pk
            )
            Identity.objects.create(user=user, public=public, wrapped_private=wrapped, shred=user.pk)
            UnlockMethod.objects.bulk_create(methods)
            save_face(user.pk, face, ring=ring)
    except IntegrityError as taken:  # of two who take a name at the same moment, the database lets one in
        store.erase([user.pk])
        raise NameTaken from taken
    return Unlocked(user=user, master=master, ring=ring), code


def by_passphrase(username: str, passphrase: str) -> Unlocked:
    """Open a vault with the passphrase; the work is the same for a name nobody has.

    Raises:
        NotOpened: it does not open.
    """
    user, method, shred = _find(username, Kind.PASSPHRASE)
    stretched = keys.stretch(passphrase, bytes(method.salt), keys.Argon2(**method.params))
    return _open(user, method, keys.key_encryption_key(stretched, shred, method.kind, user.pk))


def by_recovery(username: str, code: str) -> Unlocked:
    """Open a vault with the recovery code.

    Raises:
        NotOpened: it does not open.
    """
    user, method, shred = _find(username, Kind.RECOVERY)
    try:
        secret = recovery.read_code(code)
    except VaultError as unreadable:
        raise NotOpened from unreadable
    return _open(user, method, keys.key_encryption_key(secret, shred, method.kind, user.pk))


def by_passkey(method: UnlockMethod, answer: bytes) -> Unlocked:
    """Open a vault with what a passkey answered; whoever calls has checked that the person holds it.

    Raises:
        NotOpened: it does not open.
    """
    user = User.objects.get(pk=method.user_id)
    key = keys.key_encryption_key(answer, shred_of(user.pk), method.kind, user.pk)
    return _open(user, method, key)


def change_passphrase(unlocked: Unlocked, passphrase: str) -> None:
    """Lock the master key with a new passphrase; every session of the person ends.

    Raises:
        KeyRenewed: the person has another master key by now.
    """
    user = unlocked.user
    method = passphrase_method(user.pk, passphrase, unlocked.master, shred_of(user.pk))
    with writing():
        locked_identity(user.pk, unlocked.ring.public)
        UnlockMethod.objects.filter(user=user, kind=Kind.PASSPHRASE).delete()
        method.save(force_insert=True)
        User.objects.filter(pk=user.pk).update(auth_epoch=F("auth_epoch") + 1)
    user.refresh_from_db()


def renew_recovery(unlocked: Unlocked) -> str:
    """Make a new recovery code; the old one opens nothing any more.

    Returns:
        The code, which is stored nowhere.

    Raises:
        KeyRenewed: the person has another master key by now.
    """
    user = unlocked.user
    code = recovery.new_code()
    method = recovery_method(user.pk, code, unlocked.master, shred_of(user.pk))
    with writing():
        locked_identity(user.pk, unlocked.ring.public)
        UnlockMethod.objects.filter(user=user, kind=Kind.RECOVERY).delete()
        method.save(force_insert=True)
    return code


def shred_of(user_id: UUID) -> bytes:
    """Return a person's 32 bytes in the key store, without which no way in can be tried.

    Raises:
        VaultError: there are none, or there is no such person.
    """
    name = Identity.objects.filter(user_id=user_id).values_list("shred", flat=True).first()
    if name is None:
        raise VaultError
    return store.secret_of(name)


def passphrase_method(user: UUID, passphrase: str, master: bytes, shred: bytes) -> UnlockMethod:
    """Lock a master key with a passphrase; slow, so outside of any transaction."""
    salt, params = secrets.token_bytes(SALT_SIZE), WORK
    stretched = keys.stretch(passphrase, salt, params)
    wrap = _wrap_master(keys.key_encryption_key(stretched, shred, Kind.PASSPHRASE, user), master, user)
    return UnlockMethod(user_id=user, kind=Kind.PASSPHRASE, salt=salt, params=params.as_dict(), wrap=wrap)


def recovery_method(user: UUID, code: str, master: bytes, shred: bytes) -> UnlockMethod:
    """Lock a master key with a recovery code."""
    secret = recovery.read_code(code)
    wrap = _wrap_master(keys.key_encryption_key(secret, shred, Kind.RECOVERY, user), master, user)
    return UnlockMethod(user_id=user, kind=Kind.RECOVERY, salt=b"", wrap=wrap)


def passkey_method(user: UUID, answer: bytes, master: bytes) -> UnlockMethod:
    """Make the way in of a passkey, not stored yet; without an answer of its own it opens nothing."""
    wrap = b""
    if answer:
        key = keys.key_encryption_key(answer, shred_of(user), Kind.PASSKEY, user)
        wrap = _wrap_master(key, master, user)
    return UnlockMethod(user_id=user, kind=Kind.PASSKEY, salt=b"", wrap=wrap)


def _wrap_master(key: bytes, master: bytes, user: UUID) -> bytes:
    return keys.wrap(key, master, purpose="master", owner=user)


def ring_of(identity: bytes, master: bytes) -> Ring:
    """Return what a session holds of somebody with this private key and this master key."""
    profile, private = (keys.private_key_from(master, purpose) for purpose in ("profile", "private"))
    slot = keys.public_key_of(keys.drawer_key(master))
    return Ring(identity=identity, profile=profile, private=private, slot=slot)


def _find(username: str, kind: Kind) -> tuple[User, UnlockMethod, bytes]:
    """Return what is needed to try; for an unknown name, a stand-in that costs the same and opens nothing."""
    stand_in = User(pk=uuid4(), username="")
    user = User.objects.filter(username=normal(username)).first() or stand_in
    method = UnlockMethod.objects.filter(user_id=user.pk, kind=kind).first()
    try:
        shred = shred_of(user.pk)
    except VaultError:
        shred = b""
    if method is None or not shred:
        wrap = _wrap_master(secrets.token_bytes(32), secrets.token_bytes(32), stand_in.pk)
        params = WORK.as_dict()
        method = UnlockMethod(kind=kind, salt=secrets.token_bytes(SALT_SIZE), params=params, wrap=wrap)
        shred = secrets.token_bytes(32)
    return user, method, shred


def _open(user: User, method: UnlockMethod, key: bytes) -> Unlocked:
    try:
        master = keys.unwrap(key, bytes(method.wrap), purpose="master", owner=user.pk)
    except VaultError as shut:
        raise NotOpened from shut
    if user.is_deleted:
        raise NotOpened
    wrapped = bytes(Identity.objects.values_list("wrapped_private", flat=True).get(user_id=user.pk))
    private = keys.unwrap(
        keys.private_key_from(master, "identity"), wrapped, purpose="identity", owner=user.pk
    )
    ring = ring_of(private, master)
    return Unlocked(user=user, master=master, ring=ring)
