"""`python -m drills.dying serve`: the program, which ends itself in the middle of what it writes.

While a file `fuse` with a number is in its data folder, each statement that writes and each end of a
transaction burns it down by one; at nothing the process is gone, as in a power cut.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nearer.testing import served

FUSE = "fuse"
WRITES = ("INSERT", "UPDATE", "DELETE")


class Fuse:
    """Burns down with every write."""

    def __init__(self, data: Path) -> None:
        self._path = data / FUSE
        self._lock = threading.Lock()

    def burn(self) -> None:
        """Burn by one; at nothing, end this process."""
        with self._lock:
            if not self._path.exists():
                return
            left = int(self._path.read_text(encoding="ascii"))
            if left == 0:
                self._path.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
            self._path.write_text(str(left - 1), encoding="ascii")

    # Any: Django's own hook is as wide.
    def around(self, execute: Callable[..., Any], sql: str, *query: Any) -> Any:
        """Burn before a statement that writes."""
        if sql.startswith(WRITES):
            self.burn()
        return execute(sql, *query)


def main() -> None:
    """Run one management command with a fuse."""
    served.prepare()

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.signals import connection_created

    fuse, commit = Fuse(Path(os.environ["NEARER_DATA"])), BaseDatabaseWrapper.commit

    def burning(connection: BaseDatabaseWrapper) -> None:
        fuse.burn()
        commit(connection)
        fuse.burn()

    def lit(connection: BaseDatabaseWrapper, **_: Any) -> None:
        connection.execute_wrappers.append(fuse.around)

    BaseDatabaseWrapper.commit = burning  # type: ignore[method-assign,assignment]
    connection_created.connect(lit, weak=False)

    from nearer import __main__

    __main__.main()


if __name__ == "__main__":
    main()
