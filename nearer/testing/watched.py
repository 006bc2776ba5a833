"""`python -m nearer.testing.watched serve`: the same program again, which notes every file it opens to write.

Python reports each opening, a temporary file's without a name among them, whichever library asks for it. What
SQLite itself opens is not among them: those files a test can read.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from nearer.testing import served

NOTES = "written"
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | getattr(os, "O_TMPFILE", 0)


def notes_of(data: Path) -> list[str]:
    """Return the files that the copy in this folder has opened to write, oldest first."""
    return (data / NOTES).read_text(encoding="utf-8").splitlines()


def main() -> None:
    """Run one management command and take notes."""
    notes = os.open(Path(os.environ["NEARER_DATA"]) / NOTES, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def hear(event: str, about: tuple[object, ...]) -> None:
        # A number instead of a name is a pipe that is open already.
        if (
            event == "open"
            and not isinstance(about[0], int)
            and isinstance(about[2], int)
            and about[2] & WRITES
        ):
            os.write(notes, f"{about[0]}\n".encode())

    sys.addaudithook(hear)
    served.main()


if __name__ == "__main__":
    main()
