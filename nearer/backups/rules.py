"""PURE: when a backup is due, and how long it lives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

NIGHT = 3  # the hour, by the machine's own clock
RECORDS_DAYS = 14
KEYS_LIVE = timedelta(days=7)
AGAIN = timedelta(hours=1)


@dataclass(frozen=True, order=True)
class Kept:
    """A backup in its place.

    Attributes:
        at: when it was made.
        name: what its file is called.
    """

    at: datetime
    name: str


def is_due(made: datetime | None, failed: datetime | None, *, at: datetime) -> bool:
    """Say whether a backup is to be made now.

    Args:
        made: when the last one was.
        failed: when the last try failed.
        at: now, in the zone of the machine.

    Returns:
        True once after three in each night, at once where there is none, and an hour after a failure.
    """
    if failed is not None and (made is None or failed > made) and at - failed < AGAIN:
        return False
    night = at.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    last = night if night <= at else night - timedelta(days=1)
    return made is None or made < last


def outlived_records(kept: Iterable[Kept]) -> list[Kept]:
    """Return which backups of the records go: all but those of the last fourteen days that have any."""
    known = list(kept)
    days = sorted({each.at.date() for each in known})[-RECORDS_DAYS:]
    return [each for each in known if each.at.date() not in days]


def outlived_keys(kept: Iterable[Kept], *, at: datetime) -> list[Kept]:
    """Return which backups of the key store go: those that are seven days old. What people erased is gone with the last of them."""
    return [each for each in kept if at - each.at >= KEYS_LIVE]
