"""What packs have brought along, beside the decks that come with the program."""

from __future__ import annotations

from django.db import models


class PackedDeck(models.Model):
    """A deck of a pack that an operator has loaded."""

    pack = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=30)
    text = models.TextField()  # its file, which was read and found fine before it was put here

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "name", "language"], name="one_deck_of_a_name_in_a_pack")
        ]
