"""A person with an account. There is no password column: the passphrase is checked by opening the vault."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from nearer import clock


class UserManager(BaseUserManager["User"]):
    """Finds people by username, however they write its capitals."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person with this username.

        Raises:
            User.DoesNotExist: nobody has it.
        """
        return self.get(username=normal(username or ""))


def normal(username: str) -> str:
    """Return the one spelling under which a username is stored and looked up."""
    return User.normalize_username(username.strip()).casefold()


class User(AbstractBaseUser):
    """Somebody with an account; everything about them beyond this row is sealed."""

    # Columns of the base class that this house does without: no password hash, no last-seen.
    password = None  # type: ignore[assignment]
    last_login = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=64, unique=True)
    auth_epoch = models.PositiveIntegerField(default=0)
    made_on = models.DateField(default=date.today)
    deleted_on = models.DateField(null=True)  # the day in UTC on which it is deleted, or was
    replaced = models.PositiveSmallIntegerField(default=0)  # places that went to another account, untold yet

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    @property
    def deleted_at(self) -> datetime | None:
        """When the day begins on which it is deleted: where somebody lives that may be another one."""
        return datetime.combine(self.deleted_on, time(), UTC) if self.deleted_on else None

    @property
    def is_deleted(self) -> bool:
        """Whether its last day is over: nobody comes in any more, also where not everything is erased yet."""
        return self.deleted_on is not None and self.deleted_on <= clock.now().date()

    def get_session_auth_hash(self) -> str:
        """Return what ties a session to this epoch; raising the epoch ends every other session."""
        message = f"{self.pk}:{self.auth_epoch}".encode()
        return hmac.new(settings.HOST_KEY, b"nearer/v1/epoch\0" + message, hashlib.sha256).hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return no older hashes: an old epoch is over."""
        return iter(())

    def has_perm(self, _perm: str, _obj: Any = None) -> bool:
        """Grant nothing: there is no administration of people's words."""
        return False


class Profile(models.Model):
    """What a person is called and how their pages look, sealed under their own profile key."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="profile")
    sealed = models.BinaryField()
