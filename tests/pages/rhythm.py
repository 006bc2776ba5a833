"""What is kept of a rhythm, with a canary in it where there are words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.rhythm import keeping as rhythm
from nearer.rhythm.rules import SEASON, Season
from nearer.testing.cast import Pair, Person


def hour(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    """Suggest one."""
    begins = datetime.fromisoformat("2031-03-04T17:00:00+00:00")
    rhythm.suggest(person.at(pair.bond), begins, at=timezone.now())
    return "Tuesday, 17:00", "Tuesday, 17:00"


def said(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    """Write at the end of a season."""
    over(pair)
    rhythm.say(person.at(pair.bond), canary, "", at=timezone.now())
    return canary, canary


def over(pair: Pair) -> None:
    """Let a season of theirs have ended two days ago."""
    since = (timezone.now() - SEASON - timedelta(days=2)).isoformat()
    shelf = Shelf.of_bond(pair.host.at(pair.bond))
    keeping.put(
        shelf, rhythm.SEASONS, Season(since=dict.fromkeys(("host", "guest"), since)), at=timezone.now()
    )


SHARED = {"our-hour": hour, "season-said": said}
