"""Whether somebody's keys are still theirs, before anything is sealed for good under them."""

from __future__ import annotations

from uuid import UUID

from nearer.vault.errors import KeyRenewed
from nearer.vault.models import Identity


def locked_identity(user_id: UUID, public: bytes) -> Identity:
    """Lock a person's key pair for the rest of the transaction. Taken before any lock on a bond.

    Args:
        user_id: the person.
        public: the public key of the ring in hand.

    Returns:
        The row.

    Raises:
        KeyRenewed: they have other keys by now, or are gone.
    """
    row = Identity.objects.select_for_update().filter(user_id=user_id).first()
    if row is None or bytes(row.public) != public:
        raise KeyRenewed
    return row
