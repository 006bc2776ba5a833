"""What the vault keeps: wrapped keys beside the records, bare secrets only in the key store."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models


class Identity(models.Model):
    """A person's key pair; the private half is wrapped by their user master key."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="identity"
    )
    public = models.BinaryField()
    wrapped_private = models.BinaryField()
    shred = models.UUIDField()  # what the person's secret is called in the key store


class UnlockMethod(models.Model):
    """One way to open a person's user master key."""

    class Kind(models.TextChoices):
        """How the key-encryption key is made."""

        PASSPHRASE = "passphrase"  # noqa: S105 - the name of a method
        RECOVERY = "recovery"
        PASSKEY = "passkey"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="unlock_methods")
    kind = models.CharField(max_length=10, choices=Kind)
    salt = models.BinaryField()
    params = models.JSONField(default=dict)
    wrap = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], condition=~models.Q(kind="passkey"), name="one_method_of_a_kind"
            )
        ]


class Passkey(models.Model):
    """What is known of a passkey, beside the wrap of its way in. None of it opens anything."""

    method = models.OneToOneField(UnlockMethod, models.CASCADE, primary_key=True, related_name="passkey")
    credential = models.BinaryField(unique=True)
    public = models.BinaryField()
    count = models.PositiveBigIntegerField()
    synced = models.BooleanField()
    copied = models.BooleanField(default=False)
    made_on = models.DateField()
    is_new = False  # told by whoever lists them

    @property
    def opens(self) -> bool:
        """Whether it opens the vault, or only says who somebody is."""
        return bool(self.method.wrap)


class SealedSession(models.Model):
    """A signed-in browser. The cookie's token is not here, and only the token opens the blob and the drawer."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    blob = models.BinaryField()
    drawer = models.BinaryField(default=b"")
    drawer_until = models.DateTimeField(null=True)  # for sweeping; the moment that counts is sealed
    ref = models.UUIDField(default=uuid.uuid4)  # by which its owner names it; stays when the token changes
    about = models.BinaryField(default=b"")  # for its owner, wherever they are signed in
    expires_on = models.DateField(db_index=True)


class StoredKey(models.Model):
    """One secret of the key store: a person's, a bond's, a sitting's or an invitation's. Lives in its own database."""

    owner = models.UUIDField(primary_key=True)
    secret = models.BinaryField()
    made_on = models.DateField(default=date.today)
    until = models.DateTimeField(
        null=True, db_index=True
    )  # a sitting's: the half hour after which it is erased
