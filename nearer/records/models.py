"""One table for everything that outlives a sitting. Which kind of thing a row is, only its owners can tell."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from nearer.bonds.models import Bond


class Record(models.Model):
    """One sealed document of a bond, or of one person alone. Kind, author, minute and words are inside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bond = models.ForeignKey(Bond, models.CASCADE, null=True, related_name="records")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="records")
    label = models.BinaryField(max_length=8)  # of the kind, keyed: see `label_of`
    day = models.DateField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["bond", "label"], name="records_of_a_bond"),
            models.Index(fields=["user", "label"], name="records_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(bond__isnull=True, user__isnull=False) | Q(bond__isnull=False, user__isnull=True),
                name="a_record_has_one_owner",
            ),
        ]
