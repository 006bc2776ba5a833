"""Fills a copy as years would, with the keys of somebody's own session: `python -m bench.seeding TOKEN sessions 10000`.

It prints nothing but what the benchmark asks it for: a token for each session.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from uuid import uuid4

from bench.server import Server

LONG_AGO = date(2026, 1, 1)


def seed(server: Server, token: str, what: str, number: int) -> list[str]:
    """Have so many sessions or kept sittings made in the folder of a running server.

    Args:
        server: whose.
        token: of the session of whoever has them.
        what: "sessions" or "sittings".
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
    {"sessions": _sessions, "sittings": _sittings}[what](token, number)


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
    from nearer.accounts.models import User
    from nearer.bonds.place import places_of
    from nearer.sittings.models import Sitting
    from nearer.sittings.run.header import NOTES, Header
    from nearer.vault.models import StoredKey
    from nearer.vault.ring import Ring
    from nearer.vault.sessions import SessionStore

    session = SessionStore(token)
    ring, user = Ring.of(session), User.objects.get(pk=session["_auth_user_id"])
    if ring is None:
        raise SystemExit("nobody is signed in there")
    place = places_of(user.pk, ring=ring)[0]
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


if __name__ == "__main__":
    _main()
