"""A minute in which nothing goes on, while a copy is restored or moved; whoever comes by is told "back in a minute".

Two files of the data folder are locked, so that whatever ends, however it ends, lets go. Whoever goes on holds the
second one together with all others; whoever wants a standstill takes the first, by which nobody new comes in, and then
waits until the second is free.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings

from nearer import ownfile

TURNSTILE, INSIDE = "turnstile", "inside"
MOVED = "moved"
PATIENCE_SECONDS, LOOK_SECONDS = 60.0, 0.02
FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW

_own: ContextVar[int] = ContextVar("own", default=-1)


class StillBusy(Exception):
    """Somebody is at it already, or something that had begun has not ended."""


@contextmanager
def going_on() -> Iterator[bool]:
    """Hold off a standstill while the block runs.

    Yields:
        Whether one may go on; otherwise there is a standstill now, or this copy has moved to other databases.
    """
    folder = settings.CONFIG.data
    if (folder / MOVED).exists() and has_moved(folder, here()):
        yield False
        return
    door = _open(folder / TURNSTILE)
    inside = _open(folder / INSIDE)
    try:
        may = _take(door, fcntl.LOCK_SH) and _take(inside, fcntl.LOCK_SH)
        _close(door)
        door = -1
        token = _own.set(inside)
        try:
            yield may
        finally:
            _own.reset(token)
    finally:
        _close(door)
        _close(inside)


@contextmanager
def standstill() -> Iterator[None]:
    """Let nothing go on while the block runs; whatever goes on already ends first.

    Raises:
        StillBusy: that took longer than a minute, or there is a standstill already.
    """
    folder = settings.CONFIG.data
    door, inside = _open(folder / TURNSTILE), _open(folder / INSIDE)
    try:
        _wait(door)
        if (own := _own.get()) >= 0:  # whoever asks came in by the same door
            fcntl.flock(own, fcntl.LOCK_UN)
        _wait(inside)
        yield
    finally:
        _close(inside)
        _close(door)


def here() -> str:
    """Return a name of the databases that this program was started with, which tells nothing of them."""
    config = settings.CONFIG
    named = f"{config.database_url}\n{config.keys_database_url}"
    return hashlib.sha256(named.encode()).hexdigest()


def has_moved(folder: Path, name: str) -> bool:
    """Say whether the copy left the databases of this name."""
    with suppress(OSError):
        return (folder / MOVED).read_text(encoding="ascii").strip() == name
    return False


def move_away(folder: Path, name: str) -> None:
    """Note that the copy left the databases of this name, so that nobody writes there any more."""
    ownfile.write(folder / MOVED, name.encode())


def _open(path: Path) -> int:
    """Open a file to lock it; where none can be made, nobody can restore either."""
    try:  # plainly: this is done twice for each page
        return os.open(path, FLAGS)
    except OSError:
        with suppress(OSError):
            return os.open(path, FLAGS | os.O_CREAT, 0o600)
    return -1


def _close(file: int) -> None:
    if file >= 0:
        os.close(file)


def _take(file: int, how: int) -> bool:
    try:
        if file >= 0:
            fcntl.flock(file, how | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _wait(file: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not _take(file, fcntl.LOCK_EX):
        if time.monotonic() > until:
            raise StillBusy
        time.sleep(LOOK_SECONDS)
