"""A sitting is one run of a practice. Its rows tell a thief that moves were made, not which."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models

from nearer.bonds.models import Bond


class Sitting(models.Model):
    """One run of a practice by a bond; which practice is inside the sealed header."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bond = models.ForeignKey(Bond, models.CASCADE, related_name="sittings")
    header = models.BinaryField()
    seq = models.PositiveIntegerField(default=0)
    is_over = models.BooleanField(default=False)
    day = models.DateField(default=date.today)  # of the last move that both know of
    ahead = models.BinaryField(default=b"")  # what time alone will tell, sealed under a key of this server

    class Meta:
        indexes = [models.Index(fields=["bond", "is_over"], name="open_sittings_of_a_bond")]

    def store(self, *columns: str) -> None:
        """Store some columns, inside its bond."""
        mine = Sitting.objects.filter(pk=self.pk, bond=self.bond_id)
        mine.update(**{name: getattr(self, name) for name in columns})


class Entry(models.Model):
    """A move somebody made. Who, when, which kind and what is all inside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # As every table of a bond says whose it is; empty only until the night after an older program wrote the row.
    bond = models.ForeignKey(Bond, models.CASCADE, null=True, related_name="+")
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="entries")
    seq = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["sitting", "seq"], name="one_move_a_turn")]
