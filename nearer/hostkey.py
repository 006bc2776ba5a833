"""The keys of this server, 32 random bytes each, made on its first start. They protect addresses and cookies, never content.

`host.key` is the server's own; `notices.key` opens where people want to be called, and nothing else.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

from nearer import ownfile
from nearer.config import ConfigError

SIZE = 32
HOST, NOTICES = "host.key", "notices.key"
made_now: list[str] = []
"""The keys that this process has made, by their names: where people are, they were missing."""


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
        if not path.exists():
            with suppress(FileExistsError):  # two processes that start at once agree on one
                ownfile.write(path, secrets.token_bytes(SIZE), replaces=False)
                made_now.append(name)
        key = path.read_bytes()
    except OSError as problem:
        raise ConfigError(f"NEARER_DATA must name a folder that can be written: {data}") from problem
    if len(key) != SIZE:
        raise ConfigError(f"{path} is damaged: restore it from your backup. Nothing is lost.")
    return key
