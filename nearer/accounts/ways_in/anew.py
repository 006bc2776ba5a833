"""Everything of one person locked anew, because somebody may know their passphrase: new keys from the root up.

A new master key, a new key pair, a new secret in the key store. What the old passphrase, the old code or an old
copy of the session opened, it opens no more; old backups of the records go dark with the old secret.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from nearer.accounts.models import User
from nearer.accounts.profile import face_of, save_face
from nearer.accounts.ways_in.unlock import Unlocked, passphrase_method, recovery_method, ring_of
from nearer.vault import keys, recovery, store
from nearer.vault.models import Identity, UnlockMethod
from nearer.vault.owning import locked_identity

KEY_SIZE = 32


@dataclass(frozen=True, kw_only=True)
class Anew:
    """New keys of somebody, made and not yet theirs.

    Attributes:
        old: their vault as it was opened.
        new: their vault as it will be.
        code: the new recovery code, which is stored nowhere.
        shred: what the new secret in the key store is called. It is there already, before anything needs it.
        methods: the new ways in, and the only ones.
    """

    old: Unlocked
    new: Unlocked
    code: str = field(repr=False)
    shred: UUID
    methods: tuple[UnlockMethod, ...]

    @classmethod
    def made(cls, old: Unlocked, passphrase: str) -> Self:
        """Make new keys for somebody; slow, so outside of any transaction.

        Args:
            old: their vault, opened with what they know.
            passphrase: the new one.
        """
        name, user = uuid4(), old.user
        secret, master = store.make_secret(name), secrets.token_bytes(KEY_SIZE)
        private, _ = keys.new_identity()
        code = recovery.new_code()
        methods = (
            passphrase_method(user.pk, passphrase, master, secret),
            recovery_method(user.pk, code, master, secret),
        )
        new = Unlocked(user=user, master=master, ring=ring_of(private, master))
        return cls(old=old, new=new, code=code, shred=name, methods=methods)

    def begin(self) -> None:
        """Let nobody else change this person's keys for the rest of the transaction.

        Raises:
            KeyRenewed: somebody has, since the vault was opened.
        """
        locked_identity(self.old.user.pk, self.old.ring.public)

    def keep(self) -> int:
        """Make the new keys theirs, inside the transaction that seals everything else again. Every session ends.

        The old secret in the key store is erased once the transaction has succeeded.

        Returns:
            How many other ways in are gone, which have to be added again.
        """
        user, ring = self.new.user, self.new.ring
        face = face_of(user.pk, ring=self.old.ring)
        before = Identity.objects.values_list("shred", flat=True).get(user=user)
        locked = keys.wrap(
            keys.private_key_from(self.new.master, "identity"),
            ring.identity,
            purpose="identity",
            owner=user.pk,
        )
        theirs = Identity.objects.filter(user=user)
        theirs.update(public=ring.public, wrapped_private=locked, shred=self.shred)
        save_face(user.pk, face, ring=ring)
        kinds = [method.kind for method in self.methods]
        others = UnlockMethod.objects.filter(user=user).exclude(kind__in=kinds).count()
        UnlockMethod.objects.filter(user=user).delete()
        UnlockMethod.objects.bulk_create(self.methods)
        User.objects.filter(pk=user.pk).update(auth_epoch=F("auth_epoch") + 1)
        user.refresh_from_db()
        transaction.on_commit(lambda: store.erase([before]))
        return others

    def drop(self) -> None:
        """Forget the new keys: they did not become theirs."""
        store.erase([self.shred])
