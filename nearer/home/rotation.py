"""A new key for a bond: everything that lies under the old one is sealed again, all of it or nothing.

Old copies of the key, on a stolen phone or in a backup, open nothing that is there from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from nearer.bonds import rotation as bonds
from nearer.bonds.place import Place
from nearer.bonds.roster import NotTheirKey
from nearer.bonds.visit import MemberRequest
from nearer.database import writing
from nearer.records import resealing as records
from nearer.sittings.run import resealing as sittings
from nearer.vault.rekey import Rekey

LASTS = timedelta(days=365)


def rotate(
    place: Place,
    *,
    trusted: Mapping[UUID, bytes] = bonds.NOBODY,
    heirs: Mapping[UUID, UUID] = bonds.NO_HEIRS,
) -> Rekey:
    """Give a bond its next key, and seal everything under it again, in one transaction.

    The place that was handed in is of the old key: what comes after has to look again.

    Args:
        place: a member's.
        trusted: public keys this member vouches for, by membership's id; all others must be the roster's.
        heirs: accounts that take over a place, by membership's id.

    Returns:
        The step, with the key as it is now.

    Raises:
        KeyRenewed: somebody was quicker.
        NotTheirKey: a public key in the database is not the one the roster names.
    """
    with writing():
        rekey = bonds.turn(place, trusted=trusted, heirs=heirs)
        sittings.reseal(rekey)
        records.reseal(rekey)
    return rekey


def renew_or_keep(place: Place, *, public: bytes) -> bool:
    """Give a bond its next key; where the other's public key is not the roster's, hand over the one it has.

    Args:
        place: a member's.
        public: that member's public key from now on.

    Returns:
        Whether the bond has a new key.

    Raises:
        KeyRenewed: somebody was quicker.
    """
    try:
        rotate(place, trusted={place.me.pk: public})
    except NotTheirKey:
        bonds.hand_over(place, public=public)
        return False
    return True


def renew_when_due(request: MemberRequest) -> None:
    """Give the bond that a request is about a new key when the one it has is a year old."""
    place = request.visit.place
    if place is None or timezone.now().date() - place.bond.key_made_on < LASTS:
        return
    try:
        rotate(place)
    except NotTheirKey:
        return  # nothing is sealed to a key that is not known; what is there stays readable
    request.visit = request.visit.look_again()
