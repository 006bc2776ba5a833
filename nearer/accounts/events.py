"""What happened to somebody's ways in, told to themselves alone: never by mail, and never to the other."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from django.dispatch import Signal

from nearer.vault.ring import Ring

goes = Signal()
"""Sent with `user_id` inside the transaction that erases an account: whoever keeps words in clear erases theirs."""
happened = Signal()
"""Sent with `user_id`, `ring` and `what`; the records keep it in the person's drawer."""
shown = Signal()
"""Sent with `request`, `user_id` and `ring` when somebody has just shown who they are, by a way in of their own."""


class What(StrEnum):
    """Something that happened to a way in; the value is sealed, and never changes."""

    PASSPHRASE_CHANGED = "passphrase changed"  # noqa: S105 - the name of an event
    CODE_RENEWED = "recovery code renewed"
    CODE_USED = "recovery code used"
    WAY_ADDED = "way in added"
    WAY_REMOVED = "way in removed"
    SIGNED_OUT = "signed out elsewhere"
    SOMEBODY_KNEW = "everything locked anew"
    KEY_UNKNOWN = "the other's key is not the one that was known"
    PLACE_KEPT = "place kept"
    REPLACED = "replaced"


def note(user_id: UUID, ring: Ring, what: What) -> None:
    """Keep for a person that something happened; their drawer may be closed.

    Args:
        user_id: whose way in it is.
        ring: theirs, as it is afterwards.
        what: what happened.
    """
    happened.send(What, user_id=user_id, ring=ring, what=what)
