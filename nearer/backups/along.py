"""Small files that travel with a key store: the keys of the server, what was set on the first run, and to whom backups are sealed.

Without the first some of what is there would not open on another machine; without the others somebody would have to know by
heart how the copy was set up. What was set by variables lies with whatever starts the program, and may hold passwords: of those
the names alone go along, so that a restore can say what is to be set again.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from nearer import ownfile, saved
from nearer.backups.state import RECIPIENT
from nearer.config import Config, ConfigError
from nearer.hostkey import HOST, NOTICES, SIZE
from nearer.vault.age import is_recipient

KEYS, TOLD, VARIABLES = (HOST, NOTICES), (saved.FILE, RECIPIENT), "variables"
NAME = re.compile(r"NEARER_[A-Z_]+")
# Where this copy lies is this machine's own, and what only tests set is nobody's.
NOT_ASKED = re.compile(r"NEARER_(DATA|TEST_.*)")


@dataclass(frozen=True, kw_only=True)
class Came:
    """What came along with a restore.

    Attributes:
        keys: whether the keys of the server are others than before.
        told: which settings came along, by the names of variables.
        missing: which variables were set where the backup was made, and are not here.
    """

    keys: bool = False
    told: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def small_files(folder: Path | None = None) -> dict[str, bytes]:
    """Return the small files of a folder; those of the data folder, with the names of the variables that are set, where none is named."""
    where = folder or Path(settings.CONFIG.data)
    found = {name: (where / name).read_bytes() for name in (*KEYS, *TOLD) if (where / name).is_file()}
    if not folder:
        found[VARIABLES] = "\n".join(_variables()).encode()
    return found


def take_along(files: dict[str, bytes]) -> Came:
    """Put small files in their place. What was set here already holds; what was not comes along.

    Args:
        files: by their names; others than ours are left out.
    """
    data = Path(settings.CONFIG.data)
    changed = False
    for name in KEYS:
        path, content = data / name, files.get(name, b"")
        if len(content) == SIZE and not (path.is_file() and path.read_bytes() == content):
            ownfile.write(path, content)
            changed = True
    recipient = files.get(RECIPIENT, b"").decode("ascii", "replace").strip()
    if is_recipient(recipient) and not (data / RECIPIENT).exists():
        ownfile.write(data / RECIPIENT, f"{recipient}\n".encode())
    told = NAME.findall(files.get(VARIABLES, b"").decode("ascii", "replace"))
    missing = [name for name in dict.fromkeys(told) if name not in _variables() and not NOT_ASKED.match(name)]
    return Came(keys=changed, told=_settings(data, files.get(saved.FILE, b"")), missing=tuple(missing))


def _settings(data: Path, content: bytes) -> tuple[str, ...]:
    """Add the settings of a file to those that are here; return the names of those that came."""
    with suppress(ValueError, AttributeError, UnicodeDecodeError):
        here, theirs = saved.kept(data), saved.read(content.decode())
        came = tuple(name for name in theirs if name not in here and _is_taken(name, theirs[name]))
        if came:
            saved.save(data, {**{name: theirs[name] for name in came}, **here})
        return came
    return ()


def _is_taken(name: str, text: str) -> bool:
    """Say whether the next start would take a setting."""
    with suppress(ConfigError):
        Config.from_env({name: text})
        return True
    return False


def _variables() -> list[str]:
    return sorted(name for name, value in os.environ.items() if NAME.fullmatch(name) and value.strip())
