"""Which zone is meant by a name in a calendar file: producers write what they like. Pure."""

from __future__ import annotations

import zoneinfo
from functools import cache

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON


@cache
def known(tzid: str) -> str:
    """Return the name of the zone that is meant, as this machine knows it, or ""."""
    name = tzid.strip().strip('"/').strip()
    if windows := WINDOWS_TO_OLSON.get(name):
        return windows
    parts = name.split("/")
    # A producer's own path may stand before it: /mozilla.org/20050126_1/Europe/Berlin.
    tails = ["/".join(parts[-length:]) for length in (len(parts), 3, 2) if length <= len(parts)]
    return next((tail for tail in tails if tail in _all()), "")


@cache
def _all() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())
