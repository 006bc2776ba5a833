"""Fills a copy as years would, with the keys of somebody's own session: `python -m bench.seeding TOKEN sessions 10000`.

It prints nothing but what the benchmark asks it for: a token for each session.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from bench.server import Server

if TYPE_CHECKING:
    from nearer.bonds.place import Place

LONG_AGO = date(2026, 1, 1)


def seed(server: Server, token: str, what: str, number: int) -> list[str]:
    """Have so many sessions or kept sittings made in the folder of a running server.

    Args:
        server: whose.
        token: of the session of whoever has them.
        what: "sessions", "sittings" or "pages".
        number: how many.

    Returns:
        The lines that were printed.
    """
    command = [sys.executable, "-m", "bench.seeding", token, what, str(number)]
    told = subprocess.run(command, env=server.environ, check=True, capture_output=True, text=True)
    return told.stdout.split()


def _main() -> None:
    import django

    django.setup(set_prefix=False)
    token, what, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
    {"sessions": _sessions, "sittings": _sittings, "pages": _pages}[what](token, number)


def _sessions(token: str, number: int) -> None:
    from nearer.database import writing
    from nearer.vault.sessions import SessionStore

    data = SessionStore(token).load()
    with writing():
        for _ in range(number):
            session = SessionStore()
            session.update(data)
            session.create()
            print(session.session_key)


def _sittings(token: str, number: int) -> None:
    from nearer.sittings.models import Sitting
    from nearer.sittings.run.header import NOTES, Header
    from nearer.vault.models import StoredKey

    place = _place_of(token)
    kept = Header(practice="listening", version=1).closed(
        done=True,
        kept=True,
        outcome={
            "topic": "the drive home",
            "easy": True,
            NOTES: {"host": "I felt heard", "guest": "So did I"},
        },
    )
    rows = [
        Sitting(pk=uuid4(), bond=place.bond, is_over=True, day=LONG_AGO + timedelta(days=n))
        for n in range(number)
    ]
    for row in rows:
        row.header = kept.sealed(sitting=row.pk, place=place)
    Sitting.objects.bulk_create(rows)
    StoredKey.objects.bulk_create(StoredKey(owner=row.pk, secret=bytes(32)) for row in rows)


def _pages(token: str, number: int) -> None:
    """Write pages into the book, and pick a picture for as many weeks, all of them before whatever is there."""
    from django.utils import timezone

    from nearer.closeness.picture import keeping as pictures
    from nearer.keepsakes import items

    place, now = _place_of(token), timezone.now()
    there = len(items.items_of(place, at=now))
    for week in range(there, there + number):
        at = now - timedelta(days=30 + 7 * week)
        items.add(place, None, sort=items.Sort.LINE, words=f"page {week} of a long book", at=at)
        pictures.pick(place, 4, at=at)


def _place_of(token: str) -> Place:
    from nearer.accounts.models import User
    from nearer.bonds.place import places_of
    from nearer.vault.ring import Ring
    from nearer.vault.sessions import SessionStore

    session = SessionStore(token)
    ring, user = Ring.of(session), User.objects.get(pk=session["_auth_user_id"])
    if ring is None:
        raise SystemExit("nobody is signed in there")
    return places_of(user.pk, ring=ring)[0]


if __name__ == "__main__":
    _main()
