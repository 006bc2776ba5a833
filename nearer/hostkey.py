"""The keys of this server, 32 random bytes each, made on its first start. They protect addresses and cookies, never content.

`host.key` is the server's own; `notices.key` opens where people want to be called, and nothing else.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from nearer.config import ConfigError

SIZE = 32
HOST, NOTICES = "host.key", "notices.key"


def load_or_make(data: Path, name: str = HOST) -> bytes:
    """Return one of the keys, made on the first start.

    Args:
        data: the data folder; made with mode 700 when missing.
        name: which, by the name of its file.

    Returns:
        32 bytes.

    Raises:
        ConfigError: the folder cannot be used, or the file does not hold a key.
    """
    path = data / name
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(path)
        key = path.read_bytes()
    except OSError as problem:
        raise ConfigError(f"NEARER_DATA must name a folder that can be written: {data}") from problem
    if len(key) != SIZE:
        raise ConfigError(f"{path} is damaged: restore it from your backup. Nothing is lost.")
    return key


def _make(path: Path) -> None:
    # Written aside and linked into place, so that two processes starting at once agree on one key.
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(SIZE))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
