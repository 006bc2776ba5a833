"""Telling open pages of the two that there is something new: "look again", and not a word of what.

Told is only what the other sees from that moment on. What somebody does alone, what is sealed until both are in, and
what is on its way tells nobody anything; when words arrive by themselves, the note waits for that moment, and is not
sent at all if they were taken back meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from nearer import live
from nearer.bonds.models import Bond
from nearer.bonds.place import Place


def tell_other(place: Place) -> None:
    """Tell the other of a bond, once what was done is stored."""
    _after_commit(_others(place))


def tell_both(place: Place) -> None:
    """Tell both, once what was done is stored."""
    _after_commit([place.me.user_id, *_others(place)])


def tell_when_there(place: Place, when: datetime, still: Callable[[], bool]) -> None:
    """Tell both when something arrives by itself.

    Args:
        place: who sent it, and in which bond.
        when: the moment at which it arrives.
        still: asked at that moment, in a thread of its own, whether it is still there; it needs no key.
    """
    people = [place.me.user_id, *_others(place)]
    seconds = (when - timezone.now()).total_seconds()
    transaction.on_commit(partial(live.tell_later, people, seconds, still))


def _others(place: Place) -> list[UUID]:
    # Whoever left does so without a sound, and what they take back afterwards as well.
    is_closed = place.bond.state == Bond.State.CLOSED
    return [place.them.user_id] if place.them and not (place.them.has_left or is_closed) else []


def _after_commit(people: list[UUID]) -> None:
    transaction.on_commit(partial(live.tell, people))
