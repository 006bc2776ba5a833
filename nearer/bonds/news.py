"""Telling open pages of the two that there is something new: "look again", and not a word of what.

Told is only what the other sees from that moment on. What somebody does alone, what is sealed until both are in, and
what is on its way tells nobody anything; when words arrive by themselves, the note waits for that moment, and is not
sent at all if they were taken back meanwhile.

Whoever is not here may be called instead, if they would like that: what is new for the other is handed on to `nearer.notices.causes`
as a cause, and so is that it is gone again. This is the one place from which causes come, with `at_hour` for what has its own.
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
from nearer.notices import causes
from nearer.notices.wishes import NEVER


def tell_other(place: Place, *, new: object = None) -> None:
    """Tell the other of a bond, once what was done is stored.

    Args:
        place: who did it, and in which bond.
        new: what is there for the other from now on, by whatever tells it from other such things; None if it is nothing to be
            called for.
    """
    _after_commit(_others(place))
    _comes(place, new, timezone.now())


def tell_both(place: Place, *, new: object = None) -> None:
    """Tell both, once what was done is stored.

    Args:
        place: who did it, and in which bond.
        new: what is there for the other from now on, as above.
    """
    _after_commit([place.me.user_id, *_others(place)])
    _comes(place, new, timezone.now())


def tell_when_there(place: Place, when: datetime, still: Callable[[], bool], *, new: object = None) -> None:
    """Tell both when something arrives by itself.

    Args:
        place: who sent it, and in which bond.
        when: the moment at which it arrives.
        still: asked at that moment, in a thread of its own, whether it is still there; it needs no key.
        new: what is there for the other from then on, as above.
    """
    _comes(place, new, when)
    people = [place.me.user_id, *_others(place)]
    seconds = (when - timezone.now()).total_seconds()
    transaction.on_commit(partial(live.tell_later, people, seconds, still))


def gone(place: Place, what: object) -> None:
    """Note that something is no longer new for the other: it was taken back, or never arrives."""
    if place.them is not None:
        causes.gone([place.them], what)


def at_hour(place: Place, what: object, hour: datetime | None) -> None:
    """Note the hour of something that both know of, in the place of an earlier one.

    Args:
        place: who is there, and in which bond.
        what: tells it from other such things.
        hour: when; None when it has none any more.
    """
    causes.at_hour([place.me, place.them] if place.them else [place.me], what, hour)


def quiet(place: Place, until: datetime | None) -> None:
    """Note until when the two are here together, and called for nothing; both know of it.

    Args:
        place: who is there, and in which bond.
        until: when; None when that is over before.
    """
    people = [place.me.user_id, *([place.them.user_id] if place.them else [])]
    for user_id in sorted(people):  # in one order, so that no two wait for each other
        causes.change(user_id, together=until or NEVER)


def _comes(place: Place, new: object, when: datetime) -> None:
    if new is None:
        return
    # Whoever answers something has seen it.
    causes.gone([place.me], new)
    if place.them is not None and _others(place):
        causes.comes(place.them, new, after=when)


def _others(place: Place) -> list[UUID]:
    # Whoever left does so without a sound, and what they take back afterwards as well.
    is_closed = place.bond.state == Bond.State.CLOSED
    return [place.them.user_id] if place.them and not (place.them.has_left or is_closed) else []


def _after_commit(people: list[UUID]) -> None:
    transaction.on_commit(partial(live.tell, people))
