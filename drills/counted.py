"""`python -m drills.counted serve`: the program, which leaves a mark in its data folder for each passphrase it tries."""

from __future__ import annotations

import os
from pathlib import Path

from nearer.testing import served
from nearer.vault import keys

MARKS = "tried"


def main() -> None:
    """Run one management command and count."""
    served.prepare()

    stretch, marks = keys.stretch, Path(os.environ["NEARER_DATA"]) / MARKS

    def counted(passphrase: str, salt: bytes, params: keys.Argon2) -> bytes:
        with marks.open("ab") as file:
            file.write(b".")
        return stretch(passphrase, salt, params)

    keys.stretch = counted

    from nearer import __main__

    __main__.main()


if __name__ == "__main__":
    main()
