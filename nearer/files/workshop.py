"""Has files rewritten, each in a process of its own that holds no keys and ends with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from enum import StrEnum

from nearer.files.rewritten import NotRewritten, Rewritten, Why

SECONDS = 40
# The process inherits what a program needs to start, and none of our settings.
NEEDED = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


class Trade(StrEnum):
    """What a file is rewritten as."""

    PHOTO = "photo"
    VOICE = "voice"
    CALENDAR = "calendar"


def rewrite(raw: bytes, trade: Trade) -> Rewritten:
    """Have a file rewritten. The bytes travel through pipes: they are in no file on the way.

    Args:
        raw: the file as somebody sent it.
        trade: what it should become.

    Returns:
        The new file, with nothing in it that came with the old one but picture, sound, or when somebody is busy.

    Raises:
        NotRewritten: it cannot be read, is too large or too long, or took too much time or memory.
    """
    command = [sys.executable, "-I", "-m", "nearer.files.workbench", trade]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, input=raw, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS, cwd="/",
            env={name: os.environ[name] for name in NEEDED if name in os.environ}, check=True,
        )  # fmt: skip
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, BrokenPipeError):
        raise NotRewritten(Why.UNREADABLE) from None
    return _read(done.stdout)


def _read(answer: bytes) -> Rewritten:
    line, _, content = answer.partition(b"\n")
    try:
        facts = json.loads(line)
        if why := facts.get("why"):
            raise NotRewritten(Why(why))
        return Rewritten(content=content, **facts)
    except (ValueError, TypeError, AttributeError):
        # It was stopped in the middle of its answer.
        raise NotRewritten(Why.UNREADABLE) from None
