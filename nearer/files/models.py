"""One table for sealed files, apart from the records that name them: a list of those never reads a file."""

from __future__ import annotations

import uuid

from django.db import models

from nearer.bonds.models import Bond


class SealedFile(models.Model):
    """A photo or a voice note of a bond, in sealed chunks. What it is, its key and its words are in a record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bond = models.ForeignKey(Bond, models.CASCADE, related_name="files")
    sealed = models.BinaryField()
