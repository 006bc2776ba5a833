"""Changing a bond one at a time, with the key it has now."""

from __future__ import annotations

from nearer.bonds.models import Bond
from nearer.vault.errors import KeyRenewed


def locked(bond: Bond) -> Bond:
    """Lock a bond's row for the rest of the transaction, before anything is written under its key.

    Args:
        bond: as it was read when its key was opened.

    Returns:
        The row as it is now.

    Raises:
        KeyRenewed: the key that was opened is no longer the bond's, or the bond is gone.
    """
    row = Bond.objects.select_for_update().filter(pk=bond.pk, key_version=bond.key_version).first()
    if row is None:
        raise KeyRenewed
    return row
