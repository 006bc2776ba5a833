"""What is left of the disk: a reserve for the day it is full, and whether anything can be written at all.

Some megabytes lie beside the databases. When the disk has no more room they are given back, and until there is room
again nothing new is taken in: what they held is for logging in and out, for leaving, for taking back and erasing.
"""

from __future__ import annotations

import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path

MEGABYTE = 1 << 20
RESERVE = 8 * MEGABYTE
LEAST = MEGABYTE  # with less, the reserve is given back
AGAIN = RESERVE + 4 * MEGABYTE  # with so much, it is taken again
NAME = "reserve"

logger = logging.getLogger(__name__)


def room(folder: Path) -> int:
    """Return how many bytes there are for whoever runs this program; none where nothing can be written."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return 0
    return found.f_bavail * found.f_frsize if os.access(folder, os.W_OK) else 0


def is_tight(folder: Path) -> bool:
    """Say whether nothing new can be taken in, and give the reserve back where it is needed now.

    Args:
        folder: where a database lies.
    """
    left, reserve = room(folder), folder / NAME
    if not reserve.exists():
        return left < AGAIN
    if left >= LEAST:
        return False
    with suppress(OSError):
        reserve.unlink()
        logger.warning(
            "The disk is full. The reserve is given back; nothing new is taken in until there is room."
        )
    return True


def keep_reserve(folder: Path) -> None:
    """Lay the reserve by, where there is room for it again."""
    reserve = folder / NAME
    if reserve.exists() or room(folder) < AGAIN:
        return
    draft = reserve.with_suffix(".new")
    try:
        # No zeros: a disk that compresses would lay nothing by.
        draft.write_bytes(secrets.token_bytes(RESERVE))
        draft.replace(reserve)
    except OSError:
        draft.unlink(missing_ok=True)
