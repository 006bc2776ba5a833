"""`python -m nearer.testing.served serve`: the very same program, on a clock that a test can move.

Passphrases cost next to nothing here: trying one takes long on purpose, and tests try hundreds. And the house sees
more often to what time closes: tests wait for it.

Everything in the product asks Django for the time, so moving Django's clock moves all of it: sessions,
expiry, chimes and pruning. How far it is moved stands in a file, so that a test can move it while the
program runs. Time itself goes on. Of that, a second file says how much is a clock set wrong, not time that passed.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nearer.vault.keys import Argon2

CLOCK, WRONG = "clock", "wrong"
CHEAP = Argon2(m=8, t=1, p=1)
TURN_SECONDS = 3.0


def shift_of(data: Path, file: str = CLOCK) -> timedelta:
    """Return how far the clock of the copy in this folder is moved; with `WRONG`, how far it is set wrong."""
    try:
        return timedelta(seconds=float((data / file).read_text(encoding="ascii")))
    except FileNotFoundError:
        return timedelta()


def move(data: Path, shift: timedelta, file: str = CLOCK) -> None:
    """Move the clock of the copy in this folder, at once for everything in it."""
    fresh = data / f"{file}.new"
    fresh.write_text(str(shift.total_seconds()), encoding="ascii")
    fresh.replace(data / file)


def main() -> None:
    """Run one management command on the moved clock, with cheap passphrases."""
    prepare()

    from nearer import __main__

    __main__.main()


def prepare() -> None:
    """Make Django ready in this process, with its clock and the price of a passphrase replaced."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nearer.settings")

    import django
    from django.utils import timezone

    data = Path(os.environ["NEARER_DATA"])
    timezone.now = lambda: datetime.now(UTC) + shift_of(data) + shift_of(data, WRONG)
    django.setup()

    from nearer import clock

    passed = clock.passed
    clock.passed = lambda: passed() + shift_of(data)

    from nearer.accounts.ways_in import unlock

    unlock.WORK = CHEAP

    from nearer.server import daily

    daily.TURN_SECONDS = TURN_SECONDS

    from nearer.notices import turn

    turn.SECONDS = TURN_SECONDS / 10


if __name__ == "__main__":
    main()
