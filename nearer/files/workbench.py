"""The inside of the workshop: `python -m nearer.files.workbench photo`. One file in, one file out.

What somebody sends may be made to break the program that reads it. So it is read in a process that has no
keys, can open, change and delete no file, reach nobody, write nothing but its answer, and ends soon. Nothing of Django
is loaded here.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import suppress
from importlib import import_module

from nearer.files import fence
from nearer.files.rewritten import NotRewritten, Rewritten, Why

MEGABYTE = 1024 * 1024
# What each trade is done by, and how many seconds of computing and bytes of memory it gets.
TRADES = {
    "photo": ("nearer.files.photos", 20, 1024 * MEGABYTE),
    "voice": ("nearer.files.voices", 20, 1024 * MEGABYTE),
    "calendar": ("nearer.calendars.reading", 2, 100 * MEGABYTE),
}
PIPES = 3


def main() -> None:
    """Read a file from standard input and write what becomes of it: a line of facts, and its bytes."""
    name, seconds, memory = TRADES[sys.argv[1]]
    trade = import_module(name)
    trade.warm_up()
    shut(seconds, memory)
    try:
        made: Rewritten = trade.rewrite(sys.stdin.buffer.read())
    except NotRewritten as refused:
        answer({"why": refused.why})
    except Exception:  # noqa: BLE001 - hostile bytes make readers raise anything at all
        answer({"why": Why.UNREADABLE})
    else:
        answer({"width": made.width, "height": made.height, "seconds": made.seconds}, made.content)


def shut(seconds: int, memory: int) -> None:
    """Give up, for good, everything that reading a file does not need."""
    fence.put_up()
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: PIPES,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
    }
    for what, most in limits.items():
        # Where a system does not know a limit, the others still hold.
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def answer(facts: dict[str, int | str], content: bytes = b"") -> None:
    """Write the answer."""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
