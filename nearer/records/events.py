"""The last things that happened to somebody's ways in, in their own drawer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from nearer.accounts.events import What
from nearer.records import keeping
from nearer.records.keeping import Kept, Kind
from nearer.records.shelf import Shelf
from nearer.vault.ring import Ring

LASTS, MOST = timedelta(days=365), 20


@dataclass(frozen=True, kw_only=True)
class Event:
    """What is sealed.

    Attributes:
        what: one of `What`.
    """

    what: str


EVENT = Kind(name="event", shape=Event)


def keep(*, user_id: UUID, ring: Ring, what: What, **_sent: Any) -> None:  # Any: what a signal brings along
    """Put an event into a person's drawer, and let go of what is a year old."""
    shelf, now = Shelf.of_person(user_id, ring), timezone.now()
    keeping.put(shelf, EVENT, Event(what=what), at=now)
    keeping.remove_older(shelf, EVENT, than=(now - LASTS).date())


def recent(shelf: Shelf) -> list[Kept[Event]]:
    """Return the last events, newest first.

    Raises:
        VaultError: the drawer is closed.
    """
    return keeping.find(shelf, EVENT)[: -MOST - 1 : -1]
