"""Remarks for whoever runs the copy: what is wrong with its surroundings, said once in a while and not with every request."""

from __future__ import annotations

import logging
import time
from threading import Lock

AGAIN_AFTER = 3600.0
MOST = 50

logger = logging.getLogger("nearer.surroundings")
_said: dict[str, float] = {}
_lock = Lock()


def remark(text: str) -> None:
    """Write one warning, unless it was written within the last hour or there are too many different ones."""
    now = time.monotonic()
    with _lock:
        if now - _said.get(text, -AGAIN_AFTER) < AGAIN_AFTER or (text not in _said and len(_said) >= MOST):
            return
        _said[text] = now
    logger.warning(text)


def forget() -> None:
    """Say everything anew."""
    with _lock:
        _said.clear()
