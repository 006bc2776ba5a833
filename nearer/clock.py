"""The time by which things end. A machine's clock can be wrong; what was erased because of it would not come back.

A clock that is put back, or leaps ahead by more than ten days, is not believed at once: meanwhile time goes on
as it would have. So a wrong clock that is put right again ends no sitting and signs nobody out. A machine that
was off for less is believed at once. How far time had come stands in a file, for the next start.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

AHEAD = timedelta(days=10)  # what a machine that was off or asleep may have missed
BACK = timedelta(minutes=5)
WAITS_AHEAD, WAITS_BACK = timedelta(hours=1), timedelta(days=1)
STEP = timedelta(minutes=15)
MARK = "time"
NEVER = datetime.min.replace(tzinfo=UTC)


def passed() -> timedelta:
    """Return how much time has passed since some moment; no clock that is set changes it, and sleep counts."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return timedelta(seconds=time.clock_gettime(clock))


def quarter_of(at: datetime) -> str:
    """Return in which quarter of an hour a moment is, in ISO 8601: that tells its day in every zone, and little more."""
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0).isoformat()


class Clock:
    """A clock that is not taken in by leaps, once it has been started.

    Attributes:
        folder: where it keeps how far time had come; None before it is started.
    """

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._lock = threading.Lock()
        self._at = self._marked = NEVER
        self._then = timedelta()
        self._doubted: timedelta | None = None

    def start(self, folder: Path) -> None:
        """Go on from where time had come when this copy last ran, or begin now."""
        came = came_to(folder)
        with self._lock:
            self._at, self._marked = came or timezone.now(), came or NEVER
            self._then, self._doubted, self.folder = passed(), None, folder

    def now(self) -> datetime:
        """Return the time by which things end."""
        said = timezone.now()
        if self.folder is None:
            return said
        with self._lock:
            at = self._believed(said)
            if at - self._marked >= STEP or at < self._marked:
                self._marked = at
                _write(self.folder / MARK, at)
        return at

    def _believed(self, said: datetime) -> datetime:
        then = passed()
        expected = self._at + (then - self._then)
        leap = said - expected
        if is_leap(leap):
            self._doubted = then if self._doubted is None else self._doubted
            if then - self._doubted < (WAITS_AHEAD if leap > timedelta() else WAITS_BACK):
                return expected
        self._at, self._then, self._doubted = said, then, None
        return said


def is_leap(by: timedelta) -> bool:
    """Say whether a clock that has gone by so much too far is not believed at once."""
    return not -BACK < by < AHEAD


def came_to(folder: Path) -> datetime | None:
    """Return how far time had come in a data folder; None where nothing has run there."""
    return _read(folder / MARK)


_clock = Clock()
start = _clock.start
now = _clock.now


def _read(path: Path) -> datetime | None:
    try:
        at = datetime.fromisoformat(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return at if timezone.is_aware(at) else None


def _write(path: Path, at: datetime) -> None:
    # On a full disk, time goes on; only the next start knows less.
    with suppress(OSError):
        draft = path.with_name(f"{MARK}.new")
        draft.write_text(at.isoformat(), encoding="ascii")
        draft.replace(path)
