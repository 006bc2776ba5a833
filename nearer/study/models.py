"""Studies that whoever runs this copy has opened, and what lies in their boxes. No row names a person or a bond."""

from __future__ import annotations

import uuid

from django.db import models


class Study(models.Model):
    """A study, as everybody here may read of it. Its private key is in a file of whoever runs it, and nowhere here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    by = models.CharField(max_length=120)
    contact = models.CharField(max_length=200)
    public = models.BinaryField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)


class Contribution(models.Model):
    """What one of two people gave, once. Which two, only they can tell."""

    KEYED_BY = "pair"  # whose bytes in the key store it needs

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey(Study, models.CASCADE, related_name="contributions")
    pair = models.UUIDField(db_index=True)  # random, and drawn anew after a withdrawal
    sealed = models.BinaryField()
