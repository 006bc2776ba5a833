"""Takes from this process, for good, what needs no open file: to delete, rename, cut or make files, to reach a port, to end others.

It is Linux's Landlock (https://docs.kernel.org/userspace-api/landlock.html), which any process may put itself under. Its
calls have the same numbers on every architecture. Where a system is older or has none, the limits of the workbench still hold.
"""

from __future__ import annotations

import ctypes
import os
import sys

CREATE_RULESET, RESTRICT_SELF = 444, 446
VERSION, NO_NEW_PRIVILEGES = 1, 38
FILES = {1: 13, 2: 14, 3: 15, 5: 16}
"""How many kinds of access to files each version knows."""
PORTS_SINCE, PORTS = 4, 0b11  # to bind, to connect
OTHERS_SINCE, OTHERS = 6, 0b11  # to reach sockets without a file, to send signals


class Rules(ctypes.Structure):
    """What is refused from now on: `struct landlock_ruleset_attr`."""

    _fields_ = (("files", ctypes.c_uint64), ("ports", ctypes.c_uint64), ("others", ctypes.c_uint64))


def put_up() -> bool:
    """Refuse all of it from now on; nothing is excepted.

    Returns:
        Whether the system does so.
    """
    if sys.platform != "linux":
        return False
    call = ctypes.CDLL(None).syscall
    version = call(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION)
    if version < min(FILES):
        return False
    known = max(kinds for since, kinds in FILES.items() if since <= version)
    rules = Rules(
        files=(1 << known) - 1,
        ports=PORTS if version >= PORTS_SINCE else 0,
        others=OTHERS if version >= OTHERS_SINCE else 0,
    )
    ruleset = call(CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(ctypes.sizeof(rules)), 0)
    if ruleset < 0:
        return False
    try:
        ctypes.CDLL(None).prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(call(RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)
