"""The private drawer of whoever asks, which a view that needs it open has found open."""

from __future__ import annotations

from nearer.bonds.visit import PrivateRequest
from nearer.records.shelf import Shelf


def drawer_of(request: PrivateRequest) -> Shelf:
    """Return the drawer of somebody who has just opened it."""
    return Shelf.of_person(request.user.pk, request.ring, request.drawer)
