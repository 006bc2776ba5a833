"""Whether anybody has an account yet, and the code by which whoever started this copy sets it up in the browser.

The code stands in the log, and in the data folder until there is an account: whoever reads either may do all of it anyway.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings

from nearer import ownfile
from nearer.accounts.models import User
from nearer.vault import crockford
from nearer.vault.errors import VaultError

FILE, SIZE = "setup.code", 10


def is_open() -> bool:
    """Say whether this copy may be set up in the browser: nobody has an account, and no variable says who runs it."""
    return not os.environ.get("NEARER_OPERATOR", "").strip() and not User.objects.exists()


def code() -> str:
    """Return the code, as it stands in the log; made when it is first asked for."""
    return crockford.grouped(crockford.write(_secret(settings.CONFIG.data / FILE)))


def is_it(text: str) -> bool:
    """Say whether somebody typed the code."""
    try:
        return secrets.compare_digest(crockford.read(text, SIZE), _secret(settings.CONFIG.data / FILE))
    except VaultError:
        return False


def forget() -> None:
    """Let the code be none any more."""
    with suppress(OSError):
        (settings.CONFIG.data / FILE).unlink(missing_ok=True)


def _secret(path: Path) -> bytes:
    with suppress(OSError, VaultError):
        return crockford.read(path.read_text(encoding="ascii"), SIZE)
    secret = _in_memory()
    with suppress(OSError):  # a disk that can only be read: the log has it
        ownfile.write(path, crockford.write(secret).encode())
    return secret


@cache
def _in_memory() -> bytes:
    return secrets.token_bytes(SIZE)
