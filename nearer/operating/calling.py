"""Whether notices arrive: one is sent at once to whoever looks after the copy, wherever they are called themselves."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from nearer.notices.channels import channels_of
from nearer.notices.models import Channel
from nearer.notices.queue import Later
from nearer.notices.sending.tasks import tell
from nearer.notices.turn import MARK_SIZE


class Outcome(StrEnum):
    """What became of it."""

    TAKEN = "taken"
    REFUSED = "refused"  # it may be tried again
    GONE = "gone"  # there is no such place any more, and it was forgotten


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One place that was tried.

    Attributes:
        sort: what sort of place it is: "push", "mail" or "service".
        name: what its owner calls it.
        outcome: what became of it.
    """

    sort: str
    name: str
    outcome: Outcome


def send_one(user_id: UUID, profile: bytes) -> list[Trial]:
    """Send somebody the notice as it always is, by each of their places, now.

    Args:
        user_id: whose places.
        profile: their profile key, by which the places have names.

    Returns:
        What became of it at each.
    """
    return [
        Trial(sort=place.sort, name=place.name, outcome=_sent(place.ref))
        for place in channels_of(user_id, profile)
    ]


def _sent(ref: UUID) -> Outcome:
    try:
        tell.call(str(ref), secrets.token_hex(MARK_SIZE))
    except Later:
        return Outcome.REFUSED
    return Outcome.TAKEN if Channel.objects.filter(pk=ref).exists() else Outcome.GONE
