"""When the clock of a test begins: never when the machine's does, so that no hour of the day is unlike another."""

from __future__ import annotations

import os
from datetime import UTC, datetime

BEGINS = "NEARER_TEST_CLOCK"
"""The variable that lets a whole run begin at another moment, as `drills/hours.py` does."""

NOON = "2026-06-17T12:00:00+00:00"
"""The middle of a week in the middle of a year, far from every change of the clocks."""


def begins(moment: str = "") -> datetime:
    """Return when a test begins.

    Args:
        moment: what the test asks for, as ISO 8601 with an offset; empty for the moment all tests begin at.
    """
    return datetime.fromisoformat(moment or os.environ.get(BEGINS) or NOON).astimezone(UTC)


def noon_today() -> datetime:
    """Return noon of today: for copies that are looked at with a browser, whose own clock nobody sets."""
    return datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
