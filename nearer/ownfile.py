"""A small file for this program alone: whole or not there, on the disk once it is written, and open to no other account of the machine."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write(path: Path, content: bytes, *, replaces: bool = True) -> None:
    """Write a file, readable to nobody else on this machine.

    Args:
        path: which; its folder has to be there.
        content: all of it.
        replaces: whether it takes the place of one that is there.

    Raises:
        FileExistsError: it does not, and one is there.
        OSError: it could not be written; what was there is as it was.
    """
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replaces:
            draft.replace(path)
        else:
            _put_new(draft, path)
        settle(path.parent)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Let the disk remember a new name."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put_new(draft: Path, path: Path) -> None:
    """Give a draft its name: of two programs that do it at once, one does."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links, such as a stick
        if path.exists():
            raise FileExistsError(path) from None
        draft.replace(path)
