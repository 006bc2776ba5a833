"""The zone a reader lives in: every day and every hour on a page is theirs, and nobody else learns of it.

It is what they chose in their settings, which is sealed with their profile; else what their browser says in a cookie;
else the server's.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, cached_property
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

COOKIE = "z"
LONGEST = 64
# Names for rules and for old maps, beside those of places.
NO_PLACES = ("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/", "posix/", "right/")


class ReadersZone(tzinfo):
    """A zone that is looked up when a page first shows a time, since for that a profile has to be opened.

    Args:
        told: returns the zone's name, or "" where nobody has said it.
    """

    def __init__(self, told: Callable[[], str]) -> None:
        self._told = told

    @cached_property
    def zone(self) -> tzinfo:
        """The zone itself; the server's where it is not known."""
        return zone_of(self._told()) or UTC

    @property
    def is_known(self) -> bool:
        """Whether the reader, or their browser, has said where they live."""
        return self.zone is not UTC

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        """Return how far it is from UTC."""
        return self.zone.utcoffset(at)

    def dst(self, at: datetime | None) -> timedelta | None:
        """Return how much of that is summer's."""
        return self.zone.dst(at)

    def tzname(self, at: datetime | None) -> str | None:
        """Return its name for the clock."""
        return self.zone.tzname(at)

    def fromutc(self, at: datetime) -> datetime:
        """Return a moment of UTC as it is there, also in the hour that comes twice."""
        return self.zone.fromutc(at.replace(tzinfo=self.zone)).replace(tzinfo=self)


class ZoneMiddleware:
    """Shows every moment of a request in its reader's zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request in the reader's zone."""
        with timezone.override(ReadersZone(lambda: _told(request))):
            return self.get_response(request)


def is_known() -> bool:
    """Say whether the zone in which times are shown just now is the reader's own."""
    here = timezone.get_current_timezone()
    return isinstance(here, ReadersZone) and here.is_known


def name() -> str:
    """Return the name of the zone in which times are shown just now."""
    here = timezone.get_current_timezone()
    return str(here.zone if isinstance(here, ReadersZone) else here)


@cache
def places() -> tuple[str, ...]:
    """Return the names of all zones that are called like a place."""
    return tuple(
        sorted(n for n in zoneinfo.available_timezones() if "/" in n and not n.startswith(NO_PLACES))
    )


def zone_of(name: str) -> tzinfo | None:
    """Return a zone by its name, or None: what a browser says may be anything."""
    known = name if len(name) <= LONGEST and name in _all() else ""
    return zoneinfo.ZoneInfo(known) if known else None


@cache
def _all() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _told(request: HttpRequest) -> str:
    visit: Any = getattr(request, "visit", None)  # of a layer above this one
    chosen = visit.zone if visit is not None else ""
    return chosen or request.COOKIES.get(COOKIE, "").replace("%2F", "/")
