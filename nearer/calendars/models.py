"""Private addresses to which somebody's own calendar program comes, and what it finds there: sealed to the address."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from nearer.bonds.models import Bond


class Feed(models.Model):
    """One address. Its secret is in it, and nowhere here; to its public key any session of the two can seal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed")
    selector = models.BinaryField(unique=True)  # a hash by which it is found
    public = models.BinaryField()
    made_on = models.DateField()


class FeedPart(models.Model):
    """What one bond has to say at an address: times, and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    feed = models.ForeignKey(Feed, models.CASCADE, related_name="parts")
    bond = models.ForeignKey(Bond, models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "bond"], name="one_part_a_bond")]
