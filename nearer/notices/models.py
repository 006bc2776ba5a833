"""What notices are sent by: that something is there for somebody, and at what moment; never what."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Wishes(models.Model):
    """That somebody would like to be called. When, and what they were told so far, is sealed under a key of this server."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="wishes"
    )
    sealed = models.BinaryField()


class Channel(models.Model):
    """A place where somebody is called. Which, is sealed to the sender of notices, and for its owner's own eyes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="channels")
    sealed = models.BinaryField()
    about = models.BinaryField()  # sealed under the owner's profile key: what they called it, and since when
    device = models.UUIDField(null=True)  # keyed: of a browser, the session it goes with


class Cause(models.Model):
    """Something for one of the two in a bond, due at a moment. Its id is keyed: it leads to nothing it could be about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey("bonds.Member", models.CASCADE, related_name="causes")
    due = models.DateTimeField(db_index=True)
    sealed = models.BinaryField()  # under a key of this server: whether that is its own hour


class Job(models.Model):
    """Something the sender has to do, once a moment has come. What, is sealed to the sender."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    due = models.DateTimeField(db_index=True)
    sealed = models.BinaryField()
