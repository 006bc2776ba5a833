"""`python -m nearer.testing.served serve`: the very same program, on a clock that a test can move.

Everything in the product asks Django for the time, so moving Django's clock moves all of it: sessions,
expiry, chimes and pruning. How far it is moved stands in a file, so that a test can move it while the
program runs. Time itself goes on.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

CLOCK = "clock"


def shift_of(data: Path) -> timedelta:
    """Return how far the clock of the copy in this folder is moved."""
    try:
        return timedelta(seconds=float((data / CLOCK).read_text(encoding="ascii")))
    except FileNotFoundError:
        return timedelta()


def move(data: Path, shift: timedelta) -> None:
    """Move the clock of the copy in this folder, at once for everything in it."""
    fresh = data / f"{CLOCK}.new"
    fresh.write_text(str(shift.total_seconds()), encoding="ascii")
    fresh.replace(data / CLOCK)


def main() -> None:
    """Run one management command on the moved clock."""
    from django.utils import timezone

    data = Path(os.environ["NEARER_DATA"])
    timezone.now = lambda: datetime.now(UTC) + shift_of(data)

    from nearer import __main__

    __main__.main()


if __name__ == "__main__":
    main()
